package dev.jobctl.node.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Collects; can be closed from outside like a connection.
final class CollectedLog implements LogSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    @Override
    public synchronized void send(byte[] piece) {
        bytes.writeBytes(piece);
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void onClose(Runnable action) {
        actions.add(action);
    }

    void close() {
        closed = true;
        actions.forEach(Runnable::run);
    }

    /// A character per byte.
    synchronized String text() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
