package dev.jobctl.node;

import dev.jobctl.std.Time;
import java.time.Duration;
import java.time.Instant;

/// This machine's clock, as if somebody had set it.
final class SettableTime implements Time {
    private volatile Duration by = Duration.ZERO;

    void set(Duration to) {
        by = to;
    }

    @Override
    public Instant now() {
        return Time.system().now().plus(by);
    }

    @Override
    public Duration elapsed() {
        return Time.system().elapsed();
    }
}
