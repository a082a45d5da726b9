package dev.jobctl.resource.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// Finds the next time of a schedule exactly as robfig/cron v3 does, step for step.
///
/// Rule CRON-103: local times that a clock change skips are skipped; an hour that comes twice runs twice. Where
/// midnight itself is skipped, the library's own corrections apply, even where they lose that day.
final class CronSearch {
    private static final int MAX_YEARS = 5;

    private CronSearch() {}

    static Optional<Instant> next(CronFields fields, Instant after, ZoneId zone) {
        ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Walk walk = new Walk(fields, zone, time);
        int lastYear = time.getYear() + MAX_YEARS;
        while (walk.time.getYear() <= lastYear) {
            if (walk.month() && walk.day() && walk.hour() && walk.minute() && walk.second()) {
                return Optional.of(walk.time.toInstant());
            }
        }
        return Optional.empty();
    }

    /// Each step moves on to the next value that its field allows and answers false when it wrapped around into the
    /// field above, which then has to be looked at again. Owned by one search.
    private static final class Walk {
        private final CronFields fields;
        private final ZoneId zone;
        private ZonedDateTime time;
        private boolean moved;

        Walk(CronFields fields, ZoneId zone, ZonedDateTime time) {
            this.fields = fields;
            this.zone = zone;
            this.time = time;
        }

        boolean month() {
            while (!CronFields.has(fields.months(), time.getMonthValue())) {
                start(time.toLocalDate().withDayOfMonth(1).atStartOfDay());
                time = at(time.toLocalDateTime().plusMonths(1));
                if (time.getMonthValue() == 1) {
                    return false;
                }
            }
            return true;
        }

        boolean day() {
            while (!fields.dayMatches(time.getDayOfMonth(), time.getDayOfWeek().getValue() % 7)) {
                start(time.toLocalDate().atStartOfDay());
                time = at(time.toLocalDateTime().plusDays(1));
                int hour = time.getHour();
                if (hour != 0) {
                    time = time.plusHours(hour > 12 ? 24 - hour : -hour);
                }
                if (time.getDayOfMonth() == 1) {
                    return false;
                }
            }
            return true;
        }

        boolean hour() {
            while (!CronFields.has(fields.hours(), time.getHour())) {
                start(time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS));
                time = time.plusHours(1);
                if (time.getHour() == 0) {
                    return false;
                }
            }
            return true;
        }

        boolean minute() {
            while (!CronFields.has(fields.minutes(), time.getMinute())) {
                if (!moved) {
                    moved = true;
                    time = time.toInstant().truncatedTo(ChronoUnit.MINUTES).atZone(zone);
                }
                time = time.plusMinutes(1);
                if (time.getMinute() == 0) {
                    return false;
                }
            }
            return true;
        }

        boolean second() {
            while (time.getSecond() != 0) {
                moved = true;
                time = time.plusSeconds(1);
                if (time.getSecond() == 0) {
                    return false;
                }
            }
            return true;
        }

        /// The first move of all resets what is below the field.
        private void start(LocalDateTime reset) {
            if (!moved) {
                moved = true;
                time = at(reset);
            }
        }

        /// A local time as Go settles it: with the offset in force at that reading taken as UTC, corrected once.
        private ZonedDateTime at(LocalDateTime local) {
            ZoneRules rules = zone.getRules();
            ZoneOffset first = rules.getOffset(local.toInstant(ZoneOffset.UTC));
            ZoneOffset second = rules.getOffset(local.toInstant(first));
            return local.toInstant(second).atZone(zone);
        }
    }
}
