package dev.jobctl.node.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A command that runs beside a container's program, where that runs. Closing kills what still runs of it.
public interface Execution extends AutoCloseable {
    OutputStream input();

    InputStream output();

    InputStream errors();

    /// The exit code; empty when it still runs after `patience`.
    OptionalInt await(Duration patience) throws InterruptedException;

    /// Why the command never ran, where that is what an exit code and the text on standard error mean; empty where the
    /// command itself ended so.
    default Optional<String> refusal(int code, String errors) {
        return Optional.empty();
    }

    @Override
    void close();
}
