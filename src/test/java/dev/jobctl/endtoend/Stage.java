package dev.jobctl.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where transcripts are played against the release: a shell in a directory of its own, which holds a link to
/// `examples`, and a home that is new and short. Owned by one thread.
final class Stage implements AutoCloseable {
    static final Path RELEASE = Path.of("target/dist/jobctl").toAbsolutePath();

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final Map<String, String> environment;
    private final Shell shell;

    private Stage(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        shell = new Shell(directory, environment);
    }

    static Stage open(Mode mode) throws IOException {
        Path directory = Files.createTempDirectory("js");
        Files.createSymbolicLink(
                directory.resolve("examples"), Path.of("examples").toAbsolutePath());
        Map<String, String> environment = new HashMap<>(mode.environment());
        environment.put("JOBCTL_HOME", directory.resolve("home").toString());
        environment.put("PATH", RELEASE.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JOBCTL_IDLE", "5m");
        return new Stage(directory, environment);
    }

    /// Fails at the first command that does not print or end as written in `file`.
    void play(Path file, Transcript transcript) throws IOException {
        for (Transcript.Step step : transcript.steps()) {
            check(file, step, shell.run(step.command(), LIMIT));
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

    /// Stops the daemon also where a step took too long, and its shell is no more.
    @Override
    public void close() throws IOException {
        String clear = "unset KUBECONFIG; jobctl local stop; rm -rf " + directory;
        try (shell) {
            Shell.Result ignored = shell.run(clear, LIMIT);
        } catch (IOException e) {
            try (Shell another = new Shell(directory, environment)) {
                Shell.Result ignored = another.run(clear, LIMIT);
            }
        }
    }
}
