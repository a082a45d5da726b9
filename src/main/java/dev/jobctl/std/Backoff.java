package dev.jobctl.std;

import java.time.Duration;

/// Exponential delay: `base`, doubled at each further failure, never above `cap`.
public record Backoff(Duration base, Duration cap) {
    public Backoff {
        Check.that(base.isPositive() && cap.compareTo(base) >= 0, "back-off base=%s cap=%s", base, cap);
    }

    /// The delay after `failures` failures in a row; zero for none. Example with base 10 s, cap 60 s:
    /// 1 -> 10 s, 2 -> 20 s, 3 -> 40 s, 4 -> 60 s.
    public Duration after(int failures) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        if (failures > 30) {
            return cap;
        }
        Duration delay = base.multipliedBy(1L << (failures - 1));
        return delay.compareTo(cap) > 0 ? cap : delay;
    }
}
