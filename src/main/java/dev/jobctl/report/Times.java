package dev.jobctl.report;

import java.time.Duration;

/// Spans of time as the reports print them, exact to a tenth of a second.
public final class Times {
    private static final long MILLIS_PER_TENTH = 100;

    private Times() {}

    /// `0s`, `12.5s`, `42s`, `2m`, `1m5s`, `3h`, `3h20m5s`, `2d3h`.
    public static String print(Duration span) {
        StringBuilder text = new StringBuilder();
        add(text, span.toDaysPart(), "d");
        add(text, span.toHoursPart(), "h");
        add(text, span.toMinutesPart(), "m");
        long tenths = span.toMillisPart() / MILLIS_PER_TENTH;
        if (tenths > 0) {
            text.append(span.toSecondsPart()).append('.').append(tenths).append('s');
        } else {
            add(text, span.toSecondsPart(), "s");
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void add(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
