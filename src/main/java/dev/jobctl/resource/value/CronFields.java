package dev.jobctl.resource.value;

/// The moments that a schedule allows, one bit per value.
///
/// @param anyDay whether day of month or day of week was left open (`*` or `?`, without a step): then both must match,
///     otherwise either
record CronFields(long minutes, long hours, long days, long months, long weekdays, boolean anyDay) {
    /// Rule CRON-102: with both day fields restricted either one matching is enough. `*/2` restricts.
    boolean dayMatches(int dayOfMonth, int dayOfWeek) {
        boolean month = has(days, dayOfMonth);
        boolean week = has(weekdays, dayOfWeek);
        return anyDay ? month && week : month || week;
    }

    static boolean has(long bits, int value) {
        return (bits >>> value & 1) != 0;
    }
}
