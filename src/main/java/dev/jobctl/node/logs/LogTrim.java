package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;

/// Rotation: gives the oldest lines of a log back to the disk while its container goes on writing. Nothing is copied or
/// renamed, so no byte can be lost: whoever writes for it appends to the same file, and its beginning becomes a hole,
/// which reads as zeros and takes no room. Where the rest begins stands in [AttemptFiles#start].
///
/// Example: of at most 50 MiB, a log of 62.5 MiB has its first 12.5 MiB and the rest of that line cut off; the file is
/// still 62.5 MiB long, positions stay what they were, and 50 MiB lie on the disk. Safe from any thread; one at a time
/// for each log.
public final class LogTrim {
    private final long sizeMax;
    private final Hole hole;
    private final Log log;
    private final AtomicBoolean impossible = new AtomicBoolean();

    public LogTrim(long sizeMax, Hole hole, Log log) {
        this.sizeMax = sizeMax;
        this.hole = hole;
        this.log = log;
    }

    /// Makes a hole of the first `bytes` of a file. Throws when that failed this time; another time it may not.
    public interface Hole {
        Made make(Path file, long bytes) throws IOException;
    }

    /// What became of a hole.
    public sealed interface Made {
        record Done() implements Made {}

        /// This system or file system has no holes.
        record Impossible(String cause) implements Made {}
    }

    /// Where the part begins that is there.
    static long start(AttemptFiles files) throws IOException {
        try {
            return Long.parseLong(Files.readString(files.start()).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(files.start() + " is no position", e);
        }
    }

    /// Looks whether a log of that length, of which the part from `start` is there, is too long. Returns where it
    /// begins now. Throws when it could not be cut now; nothing has changed then.
    long look(AttemptFiles files, long start, long length) throws IOException {
        if (length - start <= sizeMax + spare() || impossible.get()) {
            return start;
        }
        long from = cut(files, length);
        write(files, from);
        try {
            switch (hole.make(files.log(), from)) {
                case Made.Done() -> {
                    return from;
                }
                case Made.Impossible(String cause) -> {
                    if (impossible.compareAndSet(false, true)) {
                        log.warning("logs are not kept short", "log", files.log(), "cause", cause);
                    }
                }
            }
        } catch (IOException e) {
            write(files, start);
            throw e;
        }
        write(files, start);
        return start;
    }

    /// So many bytes a log may be too long: not every line is worth a cut.
    long spare() {
        return sizeMax / 4;
    }

    /// At the beginning of a line, unless one line is all there is.
    private long cut(AttemptFiles files, long length) throws IOException {
        try (var file = new LogFile(files.log())) {
            long line = file.lineStart(length - sizeMax, length);
            return line < length ? line : length - sizeMax;
        }
    }

    /// Before the hole: who reads must not find zeros.
    private static void write(AttemptFiles files, long start) throws IOException {
        Path fresh = files.start().resolveSibling(files.start().getFileName() + ".new");
        Files.writeString(fresh, start + "\n");
        Files.move(fresh, files.start(), StandardCopyOption.ATOMIC_MOVE);
    }
}
