package dev.jobctl.resource.view;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The API's times: RFC 3339 in UTC, to the second, such as `2026-11-21T12:00:00Z`.
public final class Timestamps {
    private Timestamps() {}

    /// Null for absent and for text that is no time (an API server never stores such).
    public static @Nullable Instant read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public static String write(Instant time) {
        return stored(time).toString();
    }

    /// What is left of a time once it has been stored: whole seconds.
    public static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
