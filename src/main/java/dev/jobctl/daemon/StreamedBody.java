package dev.jobctl.daemon;

import dev.jobctl.apiserver.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A body that goes on, as a stream: the API's writer puts pieces in on a virtual thread of its own, the command reads
/// them. One piece waits at most; the writer waits for the reader. Closing ends both.
final class StreamedBody extends InputStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> endings = new ArrayList<>();
    private byte @Nullable [] piece;
    private int position;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException trouble;

    private StreamedBody() {}

    static StreamedBody start(ApiResponse.Writer writer) {
        StreamedBody body = new StreamedBody();
        Thread.startVirtualThread(() -> body.run(writer));
        return body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (piece == null && !ended && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed || piece == null) {
                if (trouble != null) {
                    throw trouble;
                }
                return -1;
            }
            int count = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, into, offset, count);
            position += count;
            if (position == piece.length) {
                piece = null;
                changed.signalAll();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end(false, null);
    }

    private void run(ApiResponse.Writer writer) {
        try {
            writer.write(new Pieces());
            end(true, null);
        } catch (IOException e) {
            end(true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(true, new IOException("interrupted", e));
        } catch (RuntimeException e) {
            end(true, new IOException("the stream broke: " + e, e));
        }
    }

    /// The writer's end lets the reader read what is left; the reader's end stops everything.
    private void end(boolean byWriter, @Nullable IOException cause) {
        List<Runnable> actions;
        lock.lock();
        try {
            ended |= byWriter;
            closed |= !byWriter;
            if (trouble == null && !closed) {
                trouble = cause;
            }
            actions = List.copyOf(endings);
            endings.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        actions.forEach(Runnable::run);
    }

    private final class Pieces implements ApiResponse.Sink {
        @Override
        public void send(byte[] bytes) throws IOException, InterruptedException {
            lock.lock();
            try {
                while (piece != null && !StreamedBody.this.closed) {
                    changed.await();
                }
                if (StreamedBody.this.closed) {
                    throw new IOException("the reader has gone");
                }
                if (bytes.length > 0) {
                    piece = bytes;
                    position = 0;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean closed() {
            lock.lock();
            try {
                return StreamedBody.this.closed;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onClose(Runnable action) {
            boolean now;
            lock.lock();
            try {
                now = StreamedBody.this.closed || ended;
                if (!now) {
                    endings.add(action);
                }
            } finally {
                lock.unlock();
            }
            if (now) {
                action.run();
            }
        }
    }
}
