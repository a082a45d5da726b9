package dev.jobctl.cli.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body that one thread writes and another reads, for transports without a socket. At most [#LIMIT] bytes wait; the
/// writer waits while it is full. Either side may close at any time, from any thread.
public final class BodyPipe extends InputStream {
    /// As much as a socket's buffer would hold.
    private static final int LIMIT = 256 * 1024;

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private int waiting;
    private int offset;
    private boolean ended;
    private boolean closed;

    /// Throws [IOException] when the reader has gone.
    public synchronized void send(byte[] piece) throws IOException, InterruptedException {
        while (waiting > LIMIT && !closed) {
            wait();
        }
        if (closed) {
            throw new IOException("the reader has gone");
        }
        if (piece.length > 0) {
            pieces.add(piece);
            waiting += piece.length;
            notifyAll();
        }
    }

    /// No more will come. Runs what waits for the end.
    public void end() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        runActions();
    }

    public synchronized boolean closed() {
        return closed;
    }

    /// Runs `action` once, when the reader has gone or the writer has ended.
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!closed && !ended) {
                onClose.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] piece = next();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, to, from, count);
        offset += count;
        waiting -= count;
        if (offset == piece.length) {
            pieces.remove();
            offset = 0;
        }
        notifyAll();
        return count;
    }

    private byte @Nullable [] next() throws IOException {
        while (pieces.isEmpty()) {
            if (closed) {
                throw new IOException("closed");
            }
            if (ended) {
                return null;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return pieces.peek();
    }

    @Override
    public synchronized int available() {
        return waiting;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        runActions();
    }

    private void runActions() {
        List<Runnable> actions;
        synchronized (this) {
            actions = new ArrayList<>(onClose);
            onClose.clear();
        }
        actions.forEach(Runnable::run);
    }
}
