package dev.jobctl.node.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The standard input of a container, as a pipe with a name that its supervisor keeps open: so the program waits for
/// more until the supervisor lets go. Closing ends a write under way.
final class FedInput extends OutputStream {
    /// What is done once nothing is written any more.
    interface Ending {
        void run() throws IOException;
    }

    private final FileChannel pipe;
    private final Ending closed;

    private FedInput(FileChannel pipe, Ending closed) {
        this.pipe = pipe;
        this.closed = closed;
    }

    static void make(Path path) throws IOException {
        Process process = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                .redirectErrorStream(true)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("no pipe for the container's input: " + path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// For reading, too: else it would wait for a reader when the container has just ended.
    static FedInput open(Path path, Ending closed) throws IOException {
        return new FedInput(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), closed);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            pipe.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        if (pipe.isOpen()) {
            pipe.close();
            closed.run();
        }
    }
}
