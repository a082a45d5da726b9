package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command's output on its way to the front. What the command writes while the line is busy goes out as one frame, so
/// a thousand small prints cost a few frames and a single line goes at once, without any flush. The order between the
/// two streams is kept. Full at [#MAX_WAITING] bytes: then the command waits, which is what a pipe would do.
final class Outbox {
    private static final int MAX_WAITING = 256 << 10;

    private final FrameChannel frames;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Segment> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean sending;
    private int questions;
    private boolean closed;

    Outbox(FrameChannel frames) {
        this.frames = frames;
    }

    PrintStream out() {
        return new PrintStream(new Side(false), false, StandardCharsets.UTF_8);
    }

    PrintStream errors() {
        return new PrintStream(new Side(true), false, StandardCharsets.UTF_8);
    }

    /// Sends what is written until `close`; the work of a thread of its own.
    void pump() {
        for (Frame next = take(); next != null; next = take()) {
            try {
                frames.write(next);
            } catch (IOException e) {
                close();
            }
        }
    }

    /// Answers one question of the front: the daemon is there. Returns at once.
    void answer() {
        lock.lock();
        try {
            questions++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns when everything written so far has been sent, or the peer has gone.
    void drain() {
        lock.lock();
        try {
            while (!closed && (sending || !waiting.isEmpty())) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the pump. Whatever is written afterwards fails, as on a closed pipe.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Frame take() {
        lock.lock();
        try {
            sending = false;
            changed.signalAll();
            while (waiting.isEmpty() && questions == 0 && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            sending = true;
            if (questions > 0) {
                questions--;
                return new Frame.Present();
            }
            Segment segment = waiting.removeFirst();
            waitingBytes -= segment.bytes.size();
            byte[] bytes = segment.bytes.toByteArray();
            return segment.errors ? new Frame.Errors(bytes) : new Frame.Output(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void put(boolean errors, byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (waitingBytes > 0 && waitingBytes + length > MAX_WAITING && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw new IOException("the caller has gone");
            }
            if (waiting.isEmpty() || waiting.getLast().errors != errors) {
                waiting.addLast(new Segment(errors, new ByteArrayOutputStream()));
            }
            waiting.getLast().bytes.write(bytes, offset, length);
            waitingBytes += length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private record Segment(boolean errors, ByteArrayOutputStream bytes) {}

    private final class Side extends OutputStream {
        private final boolean errors;

        Side(boolean errors) {
            this.errors = errors;
        }

        @Override
        public void write(int value) throws IOException {
            put(errors, new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = offset; at < offset + length; at += MAX_WAITING) {
                put(errors, bytes, at, Math.min(MAX_WAITING, offset + length - at));
            }
        }
    }
}
