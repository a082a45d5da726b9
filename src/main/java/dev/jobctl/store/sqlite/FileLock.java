package dev.jobctl.store.sqlite;

import dev.jobctl.store.StoreError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second writer out: a lock on `FILE.lock`, not on the database itself, so that anybody may still open the
/// database and look. The system gives it back when the process ends, however it ends.
final class FileLock implements AutoCloseable {
    private final FileChannel channel;

    private FileLock(FileChannel channel) {
        this.channel = channel;
    }

    static FileLock take(Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new FileLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StoreError("cannot create " + beside + ": make its folder writable for you", e);
        }
        throw new StoreError(
                file + " is in use by another jobctl: stop that one first (jobctl local stop)",
                new IllegalStateException("lock on " + beside + " is taken"));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            java.nio.channels.@Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
