package dev.jobctl.std;

import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until told otherwise; for simulation and tests.
/// Safe to read from any thread; one thread at a time should move it.
public final class VirtualTime implements Time {
    private volatile Instant now;

    public VirtualTime(Instant start) {
        now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    /// Moves forward, or back when negative.
    public void advance(Duration by) {
        now = now.plus(by);
    }

    public void set(Instant to) {
        now = to;
    }
}
