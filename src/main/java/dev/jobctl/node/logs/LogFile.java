package dev.jobctl.node.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// One log, read by position while it may still grow. Lines may be of any length: nothing here holds a whole one.
final class LogFile implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);

    /// Throws [java.nio.file.NoSuchFileException] when it is not there.
    LogFile(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long length() throws IOException {
        return channel.size();
    }

    /// What there is at `offset`, at most a block; empty at the end.
    byte[] read(long offset) throws IOException {
        block.clear();
        int count = channel.read(block, offset);
        return count <= 0 ? new byte[0] : Arrays.copyOf(block.array(), count);
    }

    /// Where to read on when `piece` stands at `offset`: there, or behind a hole, which a container can make of its own
    /// log in an instant, terabytes long, and which nobody has written.
    long data(long offset, byte[] piece) throws IOException {
        for (byte one : piece) {
            if (one != 0) {
                return offset;
            }
        }
        return piece.length == 0 ? offset : dataFrom(offset);
    }

    private long dataFrom(long offset) throws IOException {
        var calls = FileCalls.find();
        return calls.isPresent() ? calls.get().data(file, offset, length()) : offset;
    }

    /// Where the hole begins, at `start` at the least, that lasts until `end`; `end` when there is none. Looks ever
    /// further back, so that a long one takes few looks.
    private long holeBefore(long end, long start) throws IOException {
        long hole = end;
        long step = BLOCK_BYTES;
        while (hole > start && step >= BLOCK_BYTES) {
            long further = Math.max(start, hole - step);
            if (dataFrom(further) >= end) {
                hole = further;
                step *= 2;
            } else {
                step /= 2;
            }
        }
        return hole;
    }

    /// Where the last `lines` lines of the bytes from `start` to `length` begin. A line feed at the very end ends the
    /// last line.
    long tail(long lines, long start, long length) throws IOException {
        if (lines <= 0) {
            return length;
        }
        long left = lines;
        long end = length;
        while (end > start) {
            long from = Math.max(start, end - BLOCK_BYTES);
            byte[] bytes = read(from);
            long hole = data(from, bytes) == from ? end : holeBefore(end, start);
            if (hole < end) {
                end = hole;
                continue;
            }
            for (int i = (int) (end - from) - 1; i >= 0; i--) {
                boolean ends = bytes[i] == '\n' && from + i < length - 1;
                if (ends && --left == 0) {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return start;
    }

    /// The first beginning of a line at `offset` or later, at most `length`.
    long lineStart(long offset, long length) throws IOException {
        if (offset == 0) {
            return 0;
        }
        long at = offset - 1;
        while (at < length) {
            byte[] bytes = read(at);
            long data = data(at, bytes);
            if (data > at) {
                at = data;
                continue;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    return Math.min(at + i + 1, length);
                }
            }
            at += Math.max(1, bytes.length);
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
