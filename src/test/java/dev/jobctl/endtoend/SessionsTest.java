package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The transcripts of which some may be played at once: each has its own home, and waits more than it works.
@Tag("endtoend")
class SessionsTest {
    /// Transcripts mostly wait: for pods, grace periods and back-off.
    private static final int AT_ONCE = 3;

    private static final ExecutorService PLAYERS = Executors.newFixedThreadPool(AT_ONCE);

    @Test
    void kubectlAndTheReleaseAreHere() {
        assertThat(Stage.RELEASE.resolve("bin/jobctl"))
                .as("built by scripts/build, which scripts/test calls")
                .isExecutable();
        boolean kubectl = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        assertThat(kubectl).as("kubectl is on the PATH; install it").isTrue();
    }

    @TestFactory
    List<DynamicTest> everyTranscriptHolds() throws IOException {
        return Sessions.together(PLAYERS);
    }

    @AfterAll
    static void end() {
        PLAYERS.shutdownNow();
    }
}
