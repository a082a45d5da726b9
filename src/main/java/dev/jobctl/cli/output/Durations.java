package dev.jobctl.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Spans of time as kubectl shortens them: `41s`, `5m2s`, `3h`, `2d4h`.
public final class Durations {
    private Durations() {}

    /// `<invalid>` below -1 s.
    public static String brief(Duration span) {
        long seconds = span.toSeconds(); // floor; -0.5 s is -1 here and `0s` there
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (hours < 192) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        long years = days / 365;
        return days < 8 * 365 ? two(years, "y", days % 365, "d") : years + "y";
    }

    /// The age of an API time; `<unknown>` when it is missing or no time.
    public static String age(String apiTime, Instant now) {
        return instant(apiTime).map(then -> brief(Duration.between(then, now))).orElse("<unknown>");
    }

    /// An API time such as `2026-11-21T04:49:19Z`.
    public static Optional<Instant> instant(String apiTime) {
        if (apiTime.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(apiTime).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
    }
}
