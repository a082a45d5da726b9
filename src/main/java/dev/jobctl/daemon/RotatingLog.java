package dev.jobctl.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Lines into a file that never grows past its bound: the full file becomes `NAME.1`, replacing the one before. Two
/// files of the bound at most. A line that cannot be written is dropped: a full disk must not stop the daemon. Any
/// thread.
final class RotatingLog implements Consumer<String>, AutoCloseable {
    private final Path path;
    private final long maxBytes;
    private final ReentrantLock writing = new ReentrantLock();
    private FileChannel channel;

    RotatingLog(Path path, long maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
        try {
            channel = open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the log " + path, e);
        }
    }

    @Override
    public void accept(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        writing.lock();
        try {
            if (channel.size() + bytes.remaining() > maxBytes && channel.size() > 0) {
                rotate();
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // Dropped, as promised: there is nowhere left to say so.
            bytes.clear();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void rotate() throws IOException {
        channel.close();
        Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
}
