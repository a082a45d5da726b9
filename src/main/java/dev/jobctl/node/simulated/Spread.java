package dev.jobctl.node.simulated;

import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.std.Check;
import dev.jobctl.std.Luck;
import java.time.Duration;

/// A duration that luck chooses, uniformly, from `least` to `most`, both included.
public record Spread(Duration least, Duration most) {
    public static final Spread NONE = of(Duration.ZERO);

    /// Draws are this exact, so that timelines stay readable.
    private static final long STEP_MILLIS = 100;

    public Spread {
        Check.that(!least.isNegative() && least.compareTo(most) <= 0, "least=%s most=%s", least, most);
    }

    public static Spread of(Duration always) {
        return new Spread(always, always);
    }

    /// `30s`, `30s±5s`, `30s+-5s`, `10s..60s`; a `Bad` says what to write.
    public static Parsed<Spread> parse(String text) {
        String plain = text.strip().replace("+-", "±");
        int dots = plain.indexOf("..");
        int sign = plain.indexOf('±');
        if (dots >= 0) {
            return both(text, plain.substring(0, dots), plain.substring(dots + 2), Spread::fromTo);
        }
        if (sign >= 0) {
            return both(text, plain.substring(0, sign), plain.substring(sign + 1), Spread::around);
        }
        return both(text, plain, plain, Spread::fromTo);
    }

    @FunctionalInterface
    private interface Pair {
        Spread of(Duration first, Duration second);
    }

    private static Parsed<Spread> both(String text, String first, String second, Pair pair) {
        return GoDuration.parse(first.strip()) instanceof Parsed.Good<Duration>(Duration one)
                        && GoDuration.parse(second.strip()) instanceof Parsed.Good<Duration>(Duration two)
                        && !one.isNegative()
                        && !two.isNegative()
                ? new Parsed.Good<>(pair.of(one, two))
                : new Parsed.Bad<>("\"" + text + "\" is no duration: write 30s, 1m30s, 30s±5s, 30s+-5s or 10s..60s");
    }

    private static Spread fromTo(Duration one, Duration two) {
        return one.compareTo(two) <= 0 ? new Spread(one, two) : new Spread(two, one);
    }

    private static Spread around(Duration middle, Duration by) {
        Duration least = middle.minus(by);
        return new Spread(least.isNegative() ? Duration.ZERO : least, middle.plus(by));
    }

    /// Whether luck has no say.
    boolean isFixed() {
        return least.equals(most);
    }

    /// In steps of a tenth of a second, or in two halves where the range is smaller.
    public Duration draw(Luck luck) {
        long steps = Math.min(Integer.MAX_VALUE - 1L, most.minus(least).toMillis() / STEP_MILLIS);
        return steps <= 0 ? least : least.plusMillis(STEP_MILLIS * luck.below((int) steps + 1));
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return least.equals(most) ? print(least) : print(least) + ".." + print(most);
    }

    private static String print(Duration duration) {
        String text = duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        return text;
    }
}
