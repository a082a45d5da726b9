package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts times before lines and stops at the limit. Used by one thread.
final class LogWriter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z' ").withZone(ZoneOffset.UTC);

    private final LogSink sink;
    private final AttemptFiles files;
    private final boolean timestamps;
    private long left;
    private boolean atLineStart = true;

    LogWriter(LogSink sink, AttemptFiles files, boolean timestamps, @Nullable Long limitBytes) {
        this.sink = sink;
        this.files = files;
        this.timestamps = timestamps;
        left = limitBytes == null ? Long.MAX_VALUE : limitBytes;
    }

    /// The limit is reached.
    boolean full() {
        return left <= 0;
    }

    /// `piece` stands at `offset` of the log.
    void write(long offset, byte[] piece) throws IOException, InterruptedException {
        byte[] out = timestamps ? timed(offset, piece) : piece;
        byte[] cut = out.length > left ? Arrays.copyOf(out, (int) left) : out;
        left -= cut.length;
        if (cut.length > 0) {
            sink.send(cut);
        }
    }

    private byte[] timed(long offset, byte[] piece) throws IOException {
        LineTimes times = LineTimes.of(files);
        var out = new ByteArrayOutputStream(piece.length + piece.length / 2);
        int from = 0;
        while (from < piece.length) {
            if (atLineStart) {
                Instant at = times.at(offset + from);
                out.writeBytes(TIME.format(at).getBytes(StandardCharsets.US_ASCII));
            }
            int end = from;
            while (end < piece.length && piece[end] != '\n') {
                end++;
            }
            atLineStart = end < piece.length;
            int next = atLineStart ? end + 1 : end;
            out.write(piece, from, next - from);
            from = next;
        }
        return out.toByteArray();
    }
}
