package dev.jobctl.cli.output;

import dev.jobctl.resource.value.Durations;
import dev.jobctl.resource.value.Timestamps;
import java.time.Instant;

/// How long ago something was, as kubectl's columns say it.
public final class Ages {
    private Ages() {}

    /// Of an API time such as `2026-11-21T04:49:19Z`; `<unknown>` when it is missing or no time.
    public static String of(String apiTime, Instant now) {
        return Durations.since(Timestamps.parse(apiTime).orElse(null), now);
    }
}
