package dev.jobctl.launch.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Frames over a connected channel: one byte of kind, four bytes of length, the body. One thread reads; any thread
/// may write. A frame's body is at most [#MAX_BODY] bytes: an environment and a command line fit (the kernel's own
/// limit for both is 2 MiB on Linux), a peer that sends rubbish cannot make us allocate more.
public final class FrameChannel implements AutoCloseable {
    /// Bound of one body in bytes.
    public static final int MAX_BODY = 4 << 20;

    private static final int HEADER = 5;

    private final ByteChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    private ByteBuffer buffer = ByteBuffer.allocate(16 << 10).flip();

    public FrameChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /// The next frame, or null when the peer has gone. An end in the middle of a frame counts as gone.
    public @Nullable Frame read() throws IOException {
        if (!fill(HEADER)) {
            return null;
        }
        byte kind = buffer.get();
        int length = buffer.getInt();
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("frame of " + length + " bytes");
        }
        if (!fill(length)) {
            return null;
        }
        ByteBuffer body = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return FrameCodec.decode(kind, body);
    }

    /// Sends all frames with one write where the kernel allows it.
    public void write(Frame... frames) throws IOException {
        FrameCodec.Bytes bytes = new FrameCodec.Bytes();
        for (Frame frame : frames) {
            FrameCodec.encode(frame, bytes);
        }
        ByteBuffer out = bytes.toBuffer();
        writing.lock();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Reads until `wanted` bytes wait in the buffer; false when the peer ends first.
    private boolean fill(int wanted) throws IOException {
        if (buffer.remaining() >= wanted) {
            return true;
        }
        if (buffer.capacity() < wanted) {
            buffer = ByteBuffer.allocate(wanted).put(buffer);
        } else {
            buffer.compact();
        }
        while (buffer.position() < wanted) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }
}
