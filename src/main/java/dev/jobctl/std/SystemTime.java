package dev.jobctl.std;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The wall clock of this machine.
enum SystemTime implements Time {
    INSTANCE;

    @Override
    public Instant now() {
        return Clock.systemUTC().instant();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }
}
