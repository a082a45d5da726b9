package dev.jobctl.node.process;

import dev.jobctl.node.logs.LogTrim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// By Linux' own command `fallocate`: the JDK has no such call, and a log needs it once in many megabytes.
final class FallocateHole implements LogTrim.Hole {
    private static final long SECONDS_MAX = 10;

    @Override
    public void make(Path file, long bytes) throws IOException {
        String[] words = {
            "fallocate", "--punch-hole", "--offset", "0", "--length", Long.toString(bytes), file.toString()
        };
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
