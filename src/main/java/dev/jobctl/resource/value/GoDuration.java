package dev.jobctl.resource.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as Go writes them: `1h30m`, `1.5s`, `-200ms`, `0`.
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)([^0-9.]*)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /// A `Bad` has Go's own words, such as `time: missing unit in duration "5"`.
    public static Parsed<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return new Parsed.Good<>(Duration.ZERO);
        }
        if (rest.isEmpty()) {
            return invalid(text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            if (!part.find(at)
                    || part.start() != at
                    || part.group(1).isEmpty()
                    || part.group(1).equals(".")) {
                return invalid(text);
            }
            String unit = part.group(2);
            if (unit.isEmpty()) {
                return new Parsed.Bad<>("time: missing unit in duration " + GoQuote.of(text));
            }
            @Nullable Long size = NANOS.get(unit);
            if (size == null) {
                return new Parsed.Bad<>("time: unknown unit " + GoQuote.of(unit) + " in duration " + GoQuote.of(text));
            }
            nanos = nanos.add(number(part.group(1)).multiply(BigDecimal.valueOf(size)));
            at = part.end();
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return invalid(text);
        }
        long whole = nanos.setScale(0, RoundingMode.DOWN).longValue();
        return new Parsed.Good<>(Duration.ofNanos(negative ? -whole : whole));
    }

    /// Of at least a second: `5s`, `1.5s`, `1m0s`, `1h0m0s`.
    public static String print(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanosPart(), 9)
                .add(BigDecimal.valueOf(duration.toSecondsPart()))
                .stripTrailingZeros();
        String text = seconds.toPlainString() + "s";
        if (duration.toMinutes() > 0) {
            text = duration.toMinutesPart() + "m" + text;
        }
        return duration.toHours() > 0 ? duration.toHours() + "h" + text : text;
    }

    private static BigDecimal number(String digits) {
        String padded = digits.startsWith(".") ? "0" + digits : digits;
        return new BigDecimal(padded.endsWith(".") ? padded + "0" : padded);
    }

    private static <T> Parsed<T> invalid(String text) {
        return new Parsed.Bad<>("time: invalid duration " + GoQuote.of(text));
    }
}
