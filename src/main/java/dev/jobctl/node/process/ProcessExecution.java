package dev.jobctl.node.process;

import dev.jobctl.node.runtime.Execution;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A command as a child of this daemon.
record ProcessExecution(Process process) implements Execution {
    private static final String REFUSED = "failed to exec in container: ";
    private static final int FAILED = 128;

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public InputStream errors() {
        return process.getErrorStream();
    }

    @Override
    public OptionalInt await(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /// As the forker's `enter` says it.
    @Override
    public Optional<String> refusal(int code, String errors) {
        return code == FAILED && errors.startsWith(REFUSED) ? Optional.of(errors.strip()) : Optional.empty();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
