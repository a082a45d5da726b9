package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One process owns a home. The kernel's lock on `daemon.lock` says who; it falls with its process, however that ends,
/// so there are no stale locks. The file's text is for people: the owner's process id.
final class OwnerLock implements AutoCloseable {
    private final AsynchronousFileChannel channel;
    private final FileLock lock;

    private OwnerLock(AsynchronousFileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes it, waiting for a leaving owner for at most `patience`.
    static OwnerLock take(Home home, Duration patience) throws HomeError {
        try {
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(
                    home.ownerLock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.lock().get(patience.toMillis(), TimeUnit.MILLISECONDS);
                sign(channel);
                return new OwnerLock(channel, lock);
            } catch (TimeoutException | ExecutionException | OverlappingFileLockException e) {
                HomeError taken =
                        new HomeError("another jobctl process" + owner(channel) + " owns the home " + home.path());
                channel.close();
                throw taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                channel.close();
                throw new HomeError("interrupted while waiting for the home " + home.path());
            }
        } catch (IOException e) {
            throw new HomeError("cannot lock the home " + home.path() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (lock.isValid()) {
            channel.truncate(0);
            lock.release();
        }
        channel.close();
    }

    private static void sign(AsynchronousFileChannel channel) throws IOException {
        channel.truncate(0);
        byte[] text = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(text), 0);
    }

    private static String owner(AsynchronousFileChannel channel) {
        try {
            ByteBuffer text = ByteBuffer.allocate(20);
            channel.read(text, 0).get();
            String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
            return pid.isEmpty() ? "" : " (pid " + pid + ")";
        } catch (ExecutionException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
