package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The caller's standard input. Asks for one piece at a time, and only when the command reads: nothing is read ahead,
/// nothing piles up. The command reads; the session's reading thread feeds.
final class RemoteInput extends InputStream {
    private static final byte[] END = new byte[0];

    private final FrameChannel frames;
    /// One piece is under way at most, and the end may come on top of it.
    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(2);

    private byte[] piece = END;
    private int position;
    private boolean ended;

    RemoteInput(FrameChannel frames) {
        this.frames = frames;
    }

    /// An arrived piece; one that nobody asked for is dropped.
    void feed(byte[] bytes) {
        if (bytes.length > 0) {
            boolean ignored = pieces.offer(bytes);
        }
    }

    /// No more will come.
    void end() {
        boolean ignored = pieces.offer(END);
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
        if (position == piece.length && !next()) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, into, offset, count);
        position += count;
        return count;
    }

    private boolean next() throws IOException {
        if (ended) {
            return false;
        }
        frames.write(new Frame.WantInput());
        try {
            piece = pieces.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading standard input", e);
        }
        position = 0;
        ended = piece.length == 0;
        return !ended;
    }
}
