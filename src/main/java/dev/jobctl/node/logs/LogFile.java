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

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);

    /// Throws [java.nio.file.NoSuchFileException] when it is not there.
    LogFile(Path file) throws IOException {
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
