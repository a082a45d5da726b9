package dev.jobctl.loop;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.control.nodes.NodeGrace;
import dev.jobctl.std.Backoff;
import dev.jobctl.std.Check;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The settings of a loop.
///
/// @param deciders the controllers that it runs
/// @param waitingWrites how many writes may wait; a further one is refused with [Overloaded]
/// @param answersInARow how often one key may want something before it has nothing to say once; more counts as a
///     decider that never gets quiet, which is reported and held. 500 pods per answer times this is the largest Job
///     that may start at one instant
/// @param retry after a decision that could not be carried out, or not be stored
/// @param eventTtl how long an Event is kept after its last repeat
/// @param unkept reasons of Events that are counted but not stored, for a plane whose Events nobody looks at
public record LoopOptions(
        List<Decider> deciders,
        int waitingWrites,
        int answersInARow,
        Backoff retry,
        Duration eventTtl,
        Set<String> unkept) {
    public LoopOptions {
        Check.that(waitingWrites > 0 && answersInARow > 1, "waitingWrites=%s answers=%s", waitingWrites, answersInARow);
        Check.that(eventTtl.isPositive(), "eventTtl=%s", eventTtl);
        deciders = List.copyOf(deciders);
        unkept = Set.copyOf(unkept);
    }

    /// What a real plane uses: all controllers; the retry delays are those of the Job controller (1 s, doubling, at
    /// most 60 s).
    public static LoopOptions standard() {
        return of(JobSettings.DEFAULT);
    }

    public static LoopOptions of(JobSettings settings) {
        return of(settings, ZoneOffset.UTC);
    }

    /// @param local the time zone of CronJobs that name none
    public static LoopOptions of(JobSettings settings, ZoneId local) {
        return new LoopOptions(
                Deciders.all(settings, local),
                65_536,
                1_000,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                Duration.ofHours(1),
                Set.of());
    }

    public LoopOptions withDeciders(List<Decider> others) {
        return new LoopOptions(others, waitingWrites, answersInARow, retry, eventTtl, unkept);
    }

    /// With another number of ended pods that may stay; 0: all of them.
    public LoopOptions withEndedPods(int count) {
        return withDeciders(deciders.stream()
                .map(decider -> decider instanceof EndedPodsDecider ? new EndedPodsDecider(count) : decider)
                .toList());
    }

    /// With another patience with nodes that say nothing.
    public LoopOptions withNodeGrace(NodeGrace grace) {
        return withDeciders(deciders.stream()
                .map(decider -> decider instanceof NodeDecider ? new NodeDecider(grace) : decider)
                .toList());
    }

    /// With the certificate, as PEM, by which pods trust the API server: every namespace gets it, and pods get tokens.
    public LoopOptions withAuthority(String authority) {
        return withDeciders(Stream.concat(Stream.of(EveryNamespace.hasAuthority(authority)), deciders.stream())
                .toList());
    }

    public LoopOptions withEventTtl(Duration ttl) {
        return new LoopOptions(deciders, waitingWrites, answersInARow, retry, ttl, unkept);
    }

    public LoopOptions withUnkept(Set<String> reasons) {
        return new LoopOptions(deciders, waitingWrites, answersInARow, retry, eventTtl, reasons);
    }

    public LoopOptions withWaitingWrites(int count) {
        return new LoopOptions(deciders, count, answersInARow, retry, eventTtl, unkept);
    }

    public LoopOptions withAnswersInARow(int count) {
        return new LoopOptions(deciders, waitingWrites, count, retry, eventTtl, unkept);
    }
}
