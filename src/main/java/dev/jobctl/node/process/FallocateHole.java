package dev.jobctl.node.process;

import dev.jobctl.node.logs.LogTrim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// By Linux' own command `fallocate`: the JDK has no such call, and a log needs it once in many megabytes.
final class FallocateHole implements LogTrim.Hole {
    private static final long SECONDS_MAX = 10;

    /// How it says that the system, the file system or itself (busybox) cannot.
    private static final List<String> IMPOSSIBLE =
            List.of("not supported", "unsupported", "not implemented", "unrecognized option");

    @Override
    public LogTrim.Made make(Path file, long bytes) throws IOException {
        String[] words = {
            "fallocate", "--punch-hole", "--offset", "0", "--length", Long.toString(bytes), file.toString()
        };
        ProcessBuilder command = new ProcessBuilder(words).redirectErrorStream(true);
        command.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = command.start();
        } catch (IOException e) {
            String cause = String.valueOf(e.getMessage());
            if (cause.contains("No such file or directory")) {
                return new LogTrim.Made.Impossible(cause);
            }
            throw e;
        }
        Optional<String> failure = failure(process);
        if (failure.isEmpty()) {
            return new LogTrim.Made.Done();
        }
        if (IMPOSSIBLE.stream().anyMatch(failure.get()::contains)) {
            return new LogTrim.Made.Impossible(failure.get());
        }
        throw new IOException(failure.get());
    }

    /// What it says is short, so it waits for nobody to read it before it ends.
    private static Optional<String> failure(Process process) throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                return Optional.of("fallocate does not end within " + SECONDS_MAX + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(said.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
