package dev.jobctl.resource.schema;

import dev.jobctl.resource.value.GoQuote;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Reads RFC 3339 times as Go does, with Go's complaints, and writes them as the API stores them: in UTC, by the second
/// or with six digits of a second. Used for one text.
final class GoTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /// One of the two is empty.
    record Parsed(String text, String complaint) {}

    private static final class Wrong extends RuntimeException {
        private final String complaint;

        Wrong(String complaint) {
            super(complaint, null, false, false);
            this.complaint = complaint;
        }
    }

    private final String text;
    private final String layout;
    private int at;

    private GoTime(String text, String layout) {
        this.text = text;
        this.layout = layout;
    }

    /// @param micro six digits of a second are required, as in `MicroTime`
    static Parsed parse(String text, boolean micro) {
        String layout = micro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00";
        try {
            Instant instant = new GoTime(text, layout).instant(micro);
            return new Parsed((micro ? MICROS : SECONDS).format(instant.atOffset(ZoneOffset.UTC)), "");
        } catch (Wrong e) {
            return new Parsed("", e.complaint);
        }
    }

    private Instant instant(boolean micro) {
        int year = number(4, 0, 9999, "2006", "year");
        literal("-");
        int month = number(2, 1, 12, "01", "month");
        literal("-");
        int day = number(2, 1, 31, "02", "day");
        literal("T");
        int hour = number(2, 0, 23, "15", "hour");
        literal(":");
        int minute = number(2, 0, 59, "04", "minute");
        literal(":");
        int second = number(2, 0, 59, "05", "second");
        int nanos = fraction(micro);
        int offset = offset();
        if (at < text.length()) {
            throw new Wrong("parsing time " + GoQuote.of(text) + ": extra text: " + GoQuote.of(text.substring(at)));
        }
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second, nanos)
                    .toInstant(ZoneOffset.ofTotalSeconds(offset));
        } catch (DateTimeException _) {
            throw range("day");
        }
    }

    private int number(int width, int min, int max, String element, String name) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            char c = at + i < text.length() ? text.charAt(at + i) : ' ';
            if (c < '0' || c > '9') {
                throw cannot(element);
            }
            value = value * 10 + (c - '0');
        }
        at += width;
        if (value < min || value > max) {
            throw range(name);
        }
        return value;
    }

    private void literal(String expected) {
        if (!text.startsWith(expected, at)) {
            throw cannot(expected);
        }
        at += expected.length();
    }

    private int fraction(boolean micro) {
        int end = at + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        boolean present = text.startsWith(".", at) && end > at + 1;
        if (micro && (!present || end - at != 7)) {
            throw cannot(".000000");
        } else if (!present) {
            return 0;
        }
        String digits = (text.substring(at + 1, end) + "000000000").substring(0, 9);
        at = end;
        return Integer.parseInt(digits);
    }

    private int offset() {
        if (text.startsWith("Z", at)) {
            at++;
            return 0;
        }
        boolean form = text.length() >= at + 6
                && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && text.charAt(at + 3) == ':';
        if (!form) {
            throw cannot("Z07:00");
        }
        int sign = text.charAt(at) == '-' ? -1 : 1;
        at++;
        int hours = number(2, 0, 18, "Z07:00", "time zone offset hour");
        at++;
        int minutes = number(2, 0, 59, "Z07:00", "time zone offset minute");
        return sign * (hours * 3600 + minutes * 60);
    }

    private Wrong cannot(String element) {
        return new Wrong("parsing time " + GoQuote.of(text) + " as \"" + layout + "\": cannot parse "
                + GoQuote.of(text.substring(Math.min(at, text.length()))) + " as \"" + element + "\"");
    }

    private Wrong range(String name) {
        return new Wrong("parsing time " + GoQuote.of(text) + ": " + name + " out of range");
    }
}
