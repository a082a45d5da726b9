package dev.jobctl.node.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/// A command that runs beside a container's program, where that runs. Closing kills what still runs of it.
public interface Execution extends AutoCloseable {
    OutputStream input();

    InputStream output();

    InputStream errors();

    /// The exit code; empty when it still runs after `patience`.
    OptionalInt await(Duration patience) throws InterruptedException;

    @Override
    void close();
}
