package dev.jobctl.node.logs;

import java.io.IOException;

/// Takes the pieces of a log.
public interface LogSink {
    /// May block while the reader is slow. Throws [IOException] when the reader has gone.
    void send(byte[] piece) throws IOException, InterruptedException;

    /// The reader has gone.
    boolean closed();

    /// Runs `action` once, at the latest when the reader has gone; from any thread.
    void onClose(Runnable action);
}
