package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A response body in the making. A virtual thread sends; the event loop writes and tells what has left. At most
/// [#MAX_PENDING] bytes wait: then the sender waits too, for as long as the reader likes or until it goes.
final class StreamSink implements ApiResponse.Sink {
    private static final int MAX_PENDING = 256 * 1024;

    /// Of a log that somebody stopped to look at.
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Outlet outlet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final List<Runnable> closeActions = new ArrayList<>();
    private long pending;
    private boolean closed;

    StreamSink(Outlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public void send(byte[] piece) throws IOException, InterruptedException {
        send(piece, FOR_EVER);
    }

    @Override
    public void send(byte[] piece, Duration patience) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (pending >= MAX_PENDING && !closed && left > 0) {
                left = room.awaitNanos(left);
            }
            if (closed) {
                throw new IOException("the reader has gone");
            }
            if (pending >= MAX_PENDING) {
                throw new IOException("the reader takes nothing any more");
            }
            pending += piece.length;
        } finally {
            lock.unlock();
        }
        write(piece);
    }

    @Override
    public boolean offer(byte[] piece) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (pending >= MAX_PENDING) {
                return false;
            }
            pending += piece.length;
        } finally {
            lock.unlock();
        }
        write(piece);
        return true;
    }

    private void write(byte[] piece) {
        outlet.write(piece, fine -> written(piece.length, fine));
    }

    @Override
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClose(Runnable action) {
        lock.lock();
        try {
            if (!closed) {
                closeActions.add(action);
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /// The reader has gone, or all is written. Idempotent.
    void close() {
        List<Runnable> actions;
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            actions = List.copyOf(closeActions);
            closeActions.clear();
        } finally {
            lock.unlock();
        }
        actions.forEach(Runnable::run);
    }

    private void written(int bytes, boolean fine) {
        lock.lock();
        try {
            pending -= bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (!fine) {
            close();
        }
    }
}
