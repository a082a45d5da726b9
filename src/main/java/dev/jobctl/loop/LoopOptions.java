package dev.jobctl.loop;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.std.Backoff;
import dev.jobctl.std.Check;
import java.time.Duration;
import java.util.List;

/// The settings of a loop.
///
/// @param deciders the controllers that it runs
/// @param waitingWrites how many writes may wait; a further one is refused with [Overloaded]
/// @param asksPerRound how often one key may be asked in one round before that counts as a decider that never gets
///     quiet: 500 pods per answer times this is the largest Job that starts in one round
/// @param retry after a decision that could not be carried out, or not be stored
/// @param eventTtl how long an Event is kept after its last repeat
public record LoopOptions(
        List<Decider> deciders, int waitingWrites, int asksPerRound, Backoff retry, Duration eventTtl) {
    public LoopOptions {
        Check.that(waitingWrites > 0 && asksPerRound > 1, "waitingWrites=%s asks=%s", waitingWrites, asksPerRound);
        Check.that(eventTtl.isPositive(), "eventTtl=%s", eventTtl);
        deciders = List.copyOf(deciders);
    }

    /// What a real plane uses: all controllers; the retry delays are those of the Job controller (1 s, doubling, at
    /// most 60 s).
    public static LoopOptions standard() {
        return of(JobSettings.DEFAULT);
    }

    public static LoopOptions of(JobSettings settings) {
        return new LoopOptions(
                Deciders.all(settings),
                65_536,
                1_000,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                Duration.ofHours(1));
    }

    public LoopOptions withDeciders(List<Decider> others) {
        return new LoopOptions(others, waitingWrites, asksPerRound, retry, eventTtl);
    }

    public LoopOptions withEventTtl(Duration ttl) {
        return new LoopOptions(deciders, waitingWrites, asksPerRound, retry, ttl);
    }

    public LoopOptions withWaitingWrites(int count) {
        return new LoopOptions(deciders, count, asksPerRound, retry, eventTtl);
    }

    public LoopOptions withAsksPerRound(int count) {
        return new LoopOptions(deciders, waitingWrites, count, retry, eventTtl);
    }
}
