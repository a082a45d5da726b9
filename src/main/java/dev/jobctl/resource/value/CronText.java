package dev.jobctl.resource.value;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of a [Cron] as robfig/cron v3's standard parser does, in its order of complaints.
final class CronText {
    private static final Bounds MINUTES = new Bounds(0, 59, List.of());
    private static final Bounds HOURS = new Bounds(0, 23, List.of());
    private static final Bounds DAYS = new Bounds(1, 31, List.of());
    private static final Bounds MONTHS = new Bounds(
            1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    private static final Bounds WEEKDAYS = new Bounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));
    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final String EVERY = "@every ";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    /// Left open: `*` or `?` without a step above 1.
    private static final long STAR = 1L << 63;

    private CronText() {}

    /// What a field may hold; names stand for min, min + 1 and so on.
    private record Bounds(int min, int max, List<String> names) {}

    /// What is wrong with the text; leaves this class as a [Parsed.Bad] only.
    private static final class Complaint extends Exception {
        private static final long serialVersionUID = 1L;

        Complaint(String message) {
            super(message, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    static Parsed<Cron> parse(String text) {
        try {
            return new Parsed.Good<>(read(text));
        } catch (Complaint e) {
            return new Parsed.Bad<>(e.words());
        }
    }

    private static Cron read(String text) throws Complaint {
        if (text.isEmpty()) {
            throw new Complaint("empty spec string");
        }
        @Nullable ZoneId zone = null;
        String rest = text;
        if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
            int blank = text.indexOf(' ');
            int end = blank < 0 ? text.length() : blank;
            zone = zone(text.substring(text.indexOf('=') + 1, end));
            rest = text.substring(end).strip();
        }
        if (rest.startsWith(EVERY)) {
            return new Cron(text, zone, null, every(rest));
        }
        if (rest.startsWith("@")) {
            @Nullable String meaning = MACROS.get(rest);
            if (meaning == null) {
                throw new Complaint("unrecognized descriptor: " + rest);
            }
            rest = meaning;
        }
        return new Cron(text, zone, fields(rest), Duration.ZERO);
    }

    private static ZoneId zone(String name) throws Complaint {
        return switch (TimeZones.find(name.isEmpty() ? "UTC" : name)) {
            case Parsed.Good<ZoneId>(ZoneId zone) -> zone;
            case Parsed.Bad<ZoneId>(String message) ->
                throw new Complaint("provided bad location " + name + ": " + message);
        };
    }

    /// Rule CRON-104: at least a second, in whole seconds, counted from the last run and not aligned.
    private static Duration every(String text) throws Complaint {
        return switch (GoDuration.parse(text.substring(EVERY.length()))) {
            case Parsed.Bad<Duration>(String message) ->
                throw new Complaint("failed to parse duration " + text + ": " + message);
            case Parsed.Good<Duration>(Duration duration) -> Duration.ofSeconds(Math.max(1, duration.toSeconds()));
        };
    }

    private static CronFields fields(String text) throws Complaint {
        String stripped = text.strip();
        List<String> words = stripped.isEmpty() ? List.of() : List.of(BLANKS.split(stripped));
        if (words.size() != 5) {
            throw new Complaint(
                    "expected exactly 5 fields, found " + words.size() + ": [" + String.join(" ", words) + "]");
        }
        long minutes = bits(words.get(0), MINUTES);
        long hours = bits(words.get(1), HOURS);
        long days = bits(words.get(2), DAYS);
        long months = bits(words.get(3), MONTHS);
        long weekdays = bits(words.get(4), WEEKDAYS);
        boolean anyDay = ((days | weekdays) & STAR) != 0;
        return new CronFields(minutes & ~STAR, hours & ~STAR, days & ~STAR, months & ~STAR, weekdays & ~STAR, anyDay);
    }

    private static long bits(String field, Bounds bounds) throws Complaint {
        long bits = 0;
        for (String part : field.split(",", -1)) {
            bits |= part.isEmpty() ? 0 : range(part, bounds);
        }
        return bits;
    }

    private static long range(String text, Bounds bounds) throws Complaint {
        List<String> slashes = List.of(text.split("/", -1));
        List<String> hyphens = List.of(slashes.getFirst().split("-", -1));
        String low = hyphens.getFirst();
        boolean open = low.equals("*") || low.equals("?");
        if (!open && hyphens.size() > 2) {
            number(low, bounds);
            throw new Complaint("too many hyphens: " + text);
        }
        long start = open ? bounds.min() : number(low, bounds);
        long end = open ? bounds.max() : hyphens.size() == 2 ? number(hyphens.get(1), bounds) : start;
        if (slashes.size() > 2) {
            throw new Complaint("too many slashes: " + text);
        }
        long step = slashes.size() == 1 ? 1 : number(slashes.get(1), new Bounds(0, 0, List.of()));
        if (slashes.size() == 2 && hyphens.size() == 1) {
            end = bounds.max();
        }
        check(text, bounds, start, end, step);
        long bits = open && step <= 1 ? STAR : 0;
        for (long value = start; value <= end; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }

    private static void check(String text, Bounds bounds, long start, long end, long step) throws Complaint {
        if (start < bounds.min()) {
            throw new Complaint("beginning of range (" + start + ") below minimum (" + bounds.min() + "): " + text);
        }
        if (end > bounds.max()) {
            throw new Complaint("end of range (" + end + ") above maximum (" + bounds.max() + "): " + text);
        }
        if (start > end) {
            throw new Complaint("beginning of range (" + start + ") beyond end of range (" + end + "): " + text);
        }
        if (step == 0) {
            throw new Complaint("step of range should be a positive number: " + text);
        }
    }

    private static long number(String text, Bounds bounds) throws Complaint {
        int name = bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return (long) bounds.min() + name;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new Complaint(
                    "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
        try {
            long value = Long.parseLong(text);
            if (value < 0) {
                throw new Complaint("negative number (" + value + ") not allowed: " + text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new Complaint("failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text
                    + "\": value out of range");
        }
    }
}
