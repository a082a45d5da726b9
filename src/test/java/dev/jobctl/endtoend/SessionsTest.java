package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Plays every transcript in `src/test/sessions` against the release in `target/dist`, in each of its modes. The
/// working
/// directory holds a link to `examples`; the home is new and short. `-Dsession=NAME` plays those whose name begins so.
@Tag("endtoend")
class SessionsTest {
    private static final Path SESSIONS = Path.of("src/test/sessions");
    private static final Path RELEASE = Path.of("target/dist/jobctl").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void kubectlAndTheReleaseAreHere() {
        assertThat(RELEASE.resolve("bin/jobctl"))
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

    static void play(Path file, Transcript transcript, Mode mode) throws IOException {
        Path directory = Files.createTempDirectory("js");
        Files.createSymbolicLink(
                directory.resolve("examples"), Path.of("examples").toAbsolutePath());
        Map<String, String> environment = new HashMap<>(mode.environment());
        environment.put("JOBCTL_HOME", directory.resolve("home").toString());
        environment.put("PATH", RELEASE.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JOBCTL_IDLE", "5m");
        try (Shell shell = new Shell(directory, environment)) {
            try {
                for (Transcript.Step step : transcript.steps()) {
                    check(file, step, shell.run(step.command(), LIMIT));
                }
            } catch (AssertionError e) {
                tidy(shell, directory, e);
                throw e;
            }
            tidy(shell, directory, null);
        }
    }

    /// After `failed`, which must not be hidden by what fails here because of it.
    private static void tidy(Shell shell, Path directory, @Nullable AssertionError failed) throws IOException {
        try {
            Shell.Result ignored = shell.run("unset KUBECONFIG; jobctl local stop; rm -rf " + directory, LIMIT);
        } catch (IOException e) {
            if (failed == null) {
                throw e;
            }
            failed.addSuppressed(e);
        }
    }

    private static void check(Path file, Transcript.Step step, Shell.Result result) {
        Optional<String> difference = Expectation.difference(step.output(), result.lines());
        String where = file + ":" + step.line() + ": $ " + step.command() + "\n";
        if (difference.isPresent()) {
            throw new AssertionError(where + difference.get() + "exit code " + result.exit());
        }
        if (result.exit() != step.exit()) {
            throw new AssertionError(where + "exit code " + result.exit() + ", expected " + step.exit());
        }
    }
}
