package dev.jobctl.node.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part of a container's log, and how.
///
/// @param follow go on until the container has ended
/// @param previous the attempt before the newest; while the container waits to start again, the newest
/// @param timestamps begin each line with its time
/// @param tailLines only so many last lines, null for all
/// @param limitBytes stop after so many bytes, times included, null for no limit
/// @param since only lines written then or later, null for all
public record LogQuery(
        boolean follow,
        boolean previous,
        boolean timestamps,
        @Nullable Long tailLines,
        @Nullable Long limitBytes,
        @Nullable Instant since) {
    /// The newest attempt, whole, as far as it is written now.
    public static LogQuery whole() {
        return new LogQuery(false, false, false, null, null, null);
    }

    /// The newest attempt, whole, to its end.
    public static LogQuery followed() {
        return new LogQuery(true, false, false, null, null, null);
    }
}
