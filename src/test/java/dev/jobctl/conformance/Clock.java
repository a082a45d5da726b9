package dev.jobctl.conformance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Times of a row are told relative to its beginning: `+10s`, `-1m30s`, `+0s`.
final class Clock {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Clock() {}

    static Duration duration(String text) {
        boolean back = text.startsWith("-");
        String plain = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        Duration duration = Duration.parse("PT" + plain);
        return back ? duration.negated() : duration;
    }

    static Instant at(String text) {
        return START.plus(duration(text));
    }

    static String print(@Nullable Instant time) {
        if (time == null) {
            return "none";
        }
        long seconds = Duration.between(START, time).toSeconds();
        return (seconds < 0 ? "-" : "+") + Math.abs(seconds) + "s";
    }
}
