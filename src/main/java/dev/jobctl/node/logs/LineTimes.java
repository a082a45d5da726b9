package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// When the bytes of a log were written, as far as the node saw it grow: pairs (time, length), both ascending. What
/// lies between two lengths was written between their times; it gets the later one. After the last pair the time of
/// the file itself counts, so that a container that ran too shortly to be watched has the time of its last output.
///
/// Example: pairs (12:00:01, 100) and (12:00:05, 250), file of 300 bytes changed at 12:00:09: byte 0 was written by
/// 12:00:01, byte 100 by 12:00:05, byte 250 by 12:00:09.
record LineTimes(List<Seen> seen, Instant last) {
    private static final int PAIR_BYTES = 2 * Long.BYTES;

    /// So many pairs are kept, the newest, and at most twice as many lie in the file; a day of output every second.
    private static final int PAIRS_MAX = 100_000;

    record Seen(Instant at, long length) {}

    static LineTimes of(AttemptFiles files) throws IOException {
        Instant last = Files.getLastModifiedTime(files.log()).toInstant();
        return new LineTimes(read(files), last);
    }

    private static List<Seen> read(AttemptFiles files) throws IOException {
        List<Seen> seen = new ArrayList<>();
        try (var channel = Files.newByteChannel(files.times(), StandardOpenOption.READ)) {
            long pairs = channel.size() / PAIR_BYTES;
            long skipped = Math.max(0, pairs - PAIRS_MAX);
            channel.position(skipped * PAIR_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate((int) (pairs - skipped) * PAIR_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            buffer.flip();
            while (buffer.remaining() >= PAIR_BYTES) {
                seen.add(new Seen(Instant.ofEpochSecond(0, buffer.getLong()), buffer.getLong()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return seen;
    }

    /// One writer at a time.
    static void append(AttemptFiles files, Seen seen) throws IOException {
        Files.write(files.times(), bytes(List.of(seen)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.size(files.times()) >= 2L * PAIRS_MAX * PAIR_BYTES) {
            Path fresh = files.times().resolveSibling(files.times().getFileName() + ".new");
            Files.write(fresh, bytes(read(files)));
            Files.move(fresh, files.times(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static byte[] bytes(List<Seen> seen) {
        ByteBuffer pairs = ByteBuffer.allocate(seen.size() * PAIR_BYTES);
        for (Seen one : seen) {
            pairs.putLong(ChronoUnit.NANOS.between(Instant.EPOCH, one.at())).putLong(one.length());
        }
        return pairs.array();
    }

    /// When the byte at `offset` was written, at the latest.
    Instant at(long offset) {
        int low = 0;
        int high = seen.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seen.get(middle).length() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < seen.size() ? seen.get(low).at() : last;
    }

    /// The first byte that may have been written at `since` or later; `length` when there is none.
    long from(Instant since, long length) {
        long offset = 0;
        for (Seen one : seen) {
            if (!one.at().isBefore(since)) {
                return offset;
            }
            offset = one.length();
        }
        return last.isBefore(since) ? length : offset;
    }
}
