package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Timestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times as they come from and go into fabric8 objects.
final class Times {
    private Times() {}

    /// Null for absent and for text that is no time (an API server never stores such).
    static @Nullable Instant read(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Timestamps.parse(text).orElse(null);
    }

    static @Nullable String write(@Nullable Instant time) {
        return time == null ? null : Timestamps.print(time);
    }

    /// What is left of a time once it has been stored: whole seconds.
    static @Nullable Instant stored(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
