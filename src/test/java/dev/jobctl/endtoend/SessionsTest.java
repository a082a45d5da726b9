package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The transcripts of which some may be played at once: each has its own home, and waits more than it works.
@Tag("endtoend")
class SessionsTest {
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
    @Execution(ExecutionMode.CONCURRENT)
    List<DynamicTest> everyTranscriptHolds() throws IOException {
        return Sessions.tests(false);
    }
}
