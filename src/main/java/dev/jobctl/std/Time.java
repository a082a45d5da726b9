package dev.jobctl.std;

import java.time.Instant;

/// The only door to "now". A room that decides takes an [Instant] instead; a room that waits takes a `Time`.
public interface Time {
    /// The present moment. May go backwards when the wall clock is set back.
    Instant now();

    /// The wall clock of this machine.
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
