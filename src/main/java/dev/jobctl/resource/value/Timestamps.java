package dev.jobctl.resource.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The API's `Time`: RFC 3339 in whole seconds, such as `2026-01-02T03:04:05Z`.
public final class Timestamps {
    private Timestamps() {}

    /// Cut to the second.
    public static String print(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// Any offset; empty when the text is no RFC 3339 time.
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
