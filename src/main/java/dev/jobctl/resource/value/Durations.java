package dev.jobctl.resource.value;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Durations as `kubectl get` prints them: two units at most, coarser as they grow.
public final class Durations {
    private Durations() {}

    /// `0s`, `119s`, `2m5s`, `15m`, `3h20m`, `47h`, `2d3h`, `729d`, `2y10d`, `9y`. Below minus one second: `<invalid>`.
    public static String human(Duration duration) {
        long seconds = duration.toMillis() / 1000;
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < -1) {
            return "<invalid>";
        } else if (seconds < 0) {
            return "0s";
        } else if (seconds < 120) {
            return seconds + "s";
        } else if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        } else if (hours < 3) {
            return minutes + "m";
        } else if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        } else if (hours < 48) {
            return hours + "h";
        } else if (days < 8) {
            return two(days, "d", hours % 24, "h");
        } else if (days < 2 * 365) {
            return days + "d";
        } else if (days < 8 * 365) {
            return two(days / 365, "y", days % 365, "d");
        }
        return days / 365 + "y";
    }

    /// The age of something; `<unknown>` when its time is not known.
    public static String since(@Nullable Instant then, Instant now) {
        return then == null ? "<unknown>" : human(Duration.between(then, now));
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
