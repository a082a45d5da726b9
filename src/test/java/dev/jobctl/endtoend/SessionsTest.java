package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Plays every transcript in `src/test/sessions` against the release in `target/dist`, in each of its modes.
/// `-Dsession=NAME` plays those whose name begins so.
@Tag("endtoend")
class SessionsTest {
    private static final Path SESSIONS = Path.of("src/test/sessions");

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
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(SESSIONS)) {
            for (Path file : files.filter(SessionsTest::wanted).sorted().toList()) {
                Transcript transcript = Transcript.parse(Files.readString(file));
                for (Mode mode : transcript.modes()) {
                    String name = file.getFileName() + " (" + mode.label() + ")";
                    tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> play(file, transcript, mode)));
                }
            }
        }
        return tests;
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".session") && name.startsWith(System.getProperty("session", ""));
    }

    private static void play(Path file, Transcript transcript, Mode mode) throws IOException {
        try (Stage stage = Stage.open(mode)) {
            stage.play(file, transcript);
        }
    }
}
