package dev.jobctl.daemon;

import dev.jobctl.apiserver.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A response that goes on, read as a stream in the same process. The writer runs on a virtual thread of its own and
/// blocks while the reader is slow. One thread reads; any may close.
final class ResponsePipe extends InputStream implements ApiResponse.Sink {
    /// Pieces under way; each is one line or one block of a log.
    private static final int PIECES = 64;

    /// No other piece is empty.
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private final List<Runnable> closings = new ArrayList<>();
    private byte[] piece = END;
    private int position;
    private boolean ended;
    private volatile boolean closed;
    private volatile @Nullable Thread writing;

    private ResponsePipe() {}

    static ResponsePipe start(ApiResponse.Writer writer) {
        ResponsePipe pipe = new ResponsePipe();
        pipe.writing = Thread.ofVirtual().name("response").start(() -> pipe.run(writer));
        return pipe;
    }

    private void run(ApiResponse.Writer writer) {
        try {
            writer.write(this);
            pieces.put(END);
        } catch (IOException e) {
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish();
        }
    }

    /// The reader gets the end after what is there already; when there is no room, it has gone or will see `closed`.
    private void finish() {
        closed |= !pieces.offer(END);
    }

    @Override
    public void send(byte[] bytes) throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the reader has gone");
        }
        if (bytes.length > 0) {
            pieces.put(bytes);
        }
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (closings) {
            if (!closed) {
                closings.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == piece.length && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private void next() throws InterruptedIOException {
        try {
            piece = closed && pieces.isEmpty() ? END : pieces.take();
            position = 0;
            ended = piece.length == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public int available() {
        return piece.length - position;
    }

    @Override
    public void close() {
        List<Runnable> actions;
        synchronized (closings) {
            if (closed) {
                return;
            }
            closed = true;
            actions = List.copyOf(closings);
            closings.clear();
        }
        actions.forEach(Runnable::run);
        pieces.clear();
        if (!pieces.offer(END)) {
            pieces.clear();
        }
        @Nullable Thread thread = writing;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
