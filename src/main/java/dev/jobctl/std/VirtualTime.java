package dev.jobctl.std;

import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until told otherwise; for simulation and tests.
/// Safe to read from any thread; one thread at a time should move it.
public final class VirtualTime implements Time {
    private volatile Instant now;
    private volatile Duration elapsed = Duration.ZERO;

    public VirtualTime(Instant start) {
        now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    /// Time passes; or somebody sets the clock back when negative.
    public void advance(Duration by) {
        set(now.plus(by));
    }

    /// As [#advance].
    public void set(Instant to) {
        if (to.isAfter(now)) {
            elapsed = elapsed.plus(Duration.between(now, to));
        }
        now = to;
    }
}
