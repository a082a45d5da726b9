package dev.jobctl.resource.value;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a CronJob runs: the five-field schedules and macros of Kubernetes' cron library (robfig/cron v3), with its
/// error texts, its search and its habits around daylight-saving changes.
///
/// Rule CRON-101, controllers around Jobs, "Schedule syntax". Example: `30 6-16/4 * * 1-5`, in Europe/Berlin, after
/// Friday 14:30 gives Monday 6:30.
public final class Cron {
    private final String text;
    private final @Nullable ZoneId zone;
    private final @Nullable CronFields fields;
    private final Duration every;

    Cron(String text, @Nullable ZoneId zone, @Nullable CronFields fields, Duration every) {
        this.text = text;
        this.zone = zone;
        this.fields = fields;
        this.every = every;
    }

    /// A `Bad` has the library's own words, such as `expected exactly 5 fields, found 4: [1 2 3 4]`.
    public static Parsed<Cron> parse(String text) {
        return CronText.parse(text);
    }

    /// The first time after `after`, in the schedule's own zone (`CRON_TZ=`) or else in `otherwise`. Empty when there
    /// is none within five years, as for the 31st of February.
    public Optional<Instant> next(Instant after, ZoneId otherwise) {
        if (fields == null) {
            return Optional.of(after.plus(every).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
        return CronSearch.next(fields, after, zone == null ? otherwise : zone);
    }

    @Override
    public String toString() {
        return text;
    }
}
