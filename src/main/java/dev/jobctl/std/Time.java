package dev.jobctl.std;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// The only door to "now". A room that decides takes an [Instant] instead; a room that waits takes a `Time`.
public interface Time {
    /// The present moment. May go backwards when the wall clock is set back.
    Instant now();

    /// What has passed since some moment. Never goes backwards, whoever sets the clock: for how long somebody waits.
    default Duration elapsed() {
        return Duration.between(Instant.EPOCH, now());
    }

    /// The wall clock of this machine.
    static Time system() {
        return SystemTime.INSTANCE;
    }

    /// The time zone of this machine, for what is said in local time.
    static ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
