package dev.jobctl.std;

import java.time.Duration;
import java.time.Instant;

/// Notices that somebody has set the wall clock, or that the machine has slept: whoever keeps moments of it as
/// deadlines
/// moves them by as much. One thread at a time.
public final class ClockChanges {
    /// The two clocks are read one after the other. Whoever is held up longer in between moves its deadlines, and with
    /// the next look back.
    private static final Duration UNNOTICED = Duration.ofSeconds(1);

    private final Time time;
    private Duration lead;

    public ClockChanges(Time time) {
        this.time = time;
        lead = lead(time.now());
    }

    /// By how much the clock was set since the last call, negative when back; zero for less than a second, which counts
    /// with the next change.
    public Duration until(Instant now) {
        Duration change = lead(now).minus(lead);
        if (change.abs().compareTo(UNNOTICED) < 0) {
            return Duration.ZERO;
        }
        lead = lead.plus(change);
        return change;
    }

    private Duration lead(Instant now) {
        return Duration.between(Instant.EPOCH, now).minus(time.elapsed());
    }
}
