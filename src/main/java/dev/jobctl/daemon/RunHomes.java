package dev.jobctl.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The temporary homes of runs, `jobctl-run-PID-...`. Each is locked by the process of its run, so the kernel knows
/// which have lost theirs: the next run clears them.
record RunHomes(Path temporary) {
    private static final String NAME = "jobctl-run-";
    private static final String LOCK = "run.lock";

    /// A home that belongs to this process until it is closed.
    record Home(Path path, FileChannel lock) implements AutoCloseable {
        void remove() throws IOException {
            HomeFiles.removeTree(path);
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /// Ends what still runs in a home.
    interface Ending {
        void of(Path home);
    }

    Home make() throws IOException {
        Path home = Files.createTempDirectory(temporary, NAME + own());
        return new Home(home, locked(home, StandardOpenOption.CREATE_NEW));
    }

    /// Removes the homes of this user's runs that were killed, each after its pods were ended. One that cannot be
    /// cleared stays for the next run.
    void clear(Ending ending) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, NAME + "*")) {
            for (Path home : found) {
                if (!String.valueOf(home.getFileName()).startsWith(NAME + own()) && mine(home)) {
                    clear(home, ending);
                }
            }
        } catch (IOException e) {
            // Whoever cannot look there cannot make a home there, and is told then.
            return;
        }
    }

    /// A process that looks at a file that it has locked itself loses the lock; so its own are known by their name.
    private static String own() {
        return ProcessHandle.current().pid() + "-";
    }

    private static boolean mine(Path home) throws IOException {
        return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    private static void clear(Path home, Ending ending) {
        try (Home abandoned = new Home(home, locked(home, StandardOpenOption.WRITE))) {
            ending.of(abandoned.path());
            abandoned.remove();
        } catch (IOException | RuntimeException e) {
            // It is somebody's, or has no lock yet, or the next run is luckier.
            return;
        }
    }

    /// Throws [IOException] when somebody else has it.
    private static FileChannel locked(Path home, StandardOpenOption how) throws IOException {
        FileChannel channel = FileChannel.open(home.resolve(LOCK), StandardOpenOption.WRITE, how);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("locked in this process", e);
        }
        channel.close();
        throw new IOException("locked");
    }
}
