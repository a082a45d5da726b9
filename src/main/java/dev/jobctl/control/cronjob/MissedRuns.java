package dev.jobctl.control.cronjob;

import dev.jobctl.resource.value.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The runs that a schedule wanted and that have not been started.
///
/// @param latest the most recent one, the only one that will be started; null for none
/// @param some whether any was missed, even where the latest cannot be told
/// @param many more than 100, by estimate
/// @param invalid the schedule never matches, or more than once a second
record MissedRuns(@Nullable Instant latest, boolean some, boolean many, boolean invalid) {
    private static final int MANY = 100;
    private static final MissedRuns NONE = new MissedRuns(null, false, false, false);
    private static final MissedRuns INVALID = new MissedRuns(null, false, false, true);

    /// Rule CRON-210, "Missed runs": however many were missed, the latest is found by estimating their number from the
    /// distance of the first two, and stepping on from there.
    static MissedRuns between(Cron schedule, Instant from, Instant now, ZoneId zone) {
        @Nullable Instant first = schedule.next(from, zone).orElse(null);
        if (first == null) {
            return INVALID;
        }
        if (now.isBefore(first)) {
            return NONE;
        }
        @Nullable Instant second = schedule.next(first, zone).orElse(null);
        if (second == null || Duration.between(first, second).toSeconds() < 1) {
            return INVALID;
        }
        if (now.isBefore(second)) {
            return new MissedRuns(first, true, false, false);
        }
        long distance = Duration.between(first, second).toSeconds();
        long missed = Duration.between(first, now).toSeconds() / distance + 1;
        @Nullable Instant latest = null;
        @Nullable
        Instant step =
                schedule.next(first.plusSeconds((missed - 2) * distance), zone).orElse(null);
        while (step != null && !step.isAfter(now)) {
            latest = step;
            step = schedule.next(step, zone).orElse(null);
        }
        return new MissedRuns(latest, true, missed > MANY, false);
    }
}
