package dev.jobctl.node.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The pipe on which a supervisor waits to hear that its attempt goes on. Whoever decides that writes there at once:
/// by way of the forker it would take two processes to wake up. Where it is missing, that is the way. Safe from any
/// thread, and nobody waits for another longer than a byte takes.
final class Shortcut {
    private @Nullable FileChannel pipe;
    private boolean told;
    private boolean closed;

    /// The pipe is this descriptor of the forker, which keeps it until the attempt is decided.
    void opens(long forker, String descriptor) {
        FileChannel found;
        try {
            found = FileChannel.open(
                    Path.of("/proc", Long.toString(forker), "fd", descriptor), StandardOpenOption.WRITE);
        } catch (IOException e) { // nobody but the forker can tell it then
            return;
        }
        synchronized (this) {
            if (!closed) {
                pipe = found;
                return;
            }
        }
        close(found);
    }

    /// Lets the attempt go on, if there is a way.
    synchronized void tell() {
        if (pipe == null) {
            return;
        }
        try {
            told = pipe.write(ByteBuffer.wrap(new byte[] {'.'})) == 1;
        } catch (IOException e) { // the supervisor is gone, as the forker will say
            told = false;
        }
    }

    /// Of no more use. Whether the attempt goes on.
    synchronized boolean close() {
        closed = true;
        if (pipe != null) {
            close(pipe);
            pipe = null;
        }
        return told;
    }

    private static void close(FileChannel pipe) {
        try {
            pipe.close();
        } catch (IOException e) { // nothing was held back in it
            return;
        }
    }
}
