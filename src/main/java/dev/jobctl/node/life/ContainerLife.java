package dev.jobctl.node.life;

import dev.jobctl.node.runtime.ContainerEnd;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One container's part of its pod's life.
///
/// @param attempt the number of restarts so far, and of the log file now written or to be written next
/// @param last how the attempt before the one in `state` ended, null for none
/// @param endsInRow ended attempts since the back-off was last reset
/// @param health counts while it runs
public record ContainerLife(
        PodPlan.Member member,
        int attempt,
        State state,
        @Nullable Ended last,
        int endsInRow,
        Health health) {
    /// After a run of this length the back-off starts over.
    private static final Duration STEADY = Duration.ofMinutes(10);

    /// Where it stands.
    public sealed interface State {}

    /// Not started yet, to be tried at `retryAt` (null: as soon as its turn comes). The next start is `attempt`.
    public record Waiting(
            String reason, String message, @Nullable Instant retryAt, int tries) implements State {}

    /// The effect is out, its result is not in.
    ///
    /// @param tries how often this attempt was tried in vain
    public record Starting(int tries) implements State {}

    public record Running(String id, Instant startedAt, Stopping stopping) implements State {}

    /// Ended, and not to be started again unless the policy says so.
    public record Ended(String id, ContainerEnd end) implements State {}

    /// Ended, to be started again as attempt + 1 after the back-off.
    public record BackingOff(String id, ContainerEnd end, Duration delay, Instant until) implements State {}

    /// How far its stopping has come.
    public enum Stopping {
        NO,
        /// Its preStop hook runs.
        PREPARING,
        /// The hook is over.
        PREPARED,
        TERMINATED,
        KILLED
    }

    public static ContainerLife fresh(PodPlan.Member member) {
        return resumed(member, 0, null);
    }

    /// About to start `attempt`, after `last`.
    public static ContainerLife resumed(PodPlan.Member member, int attempt, @Nullable Ended last) {
        return new ContainerLife(member, attempt, new Waiting("", "", null, 0), last, attempt, Health.fresh(member));
    }

    /// Found running: once started, always started.
    public ContainerLife runs(String id, Instant startedAt) {
        return with(new Running(id, startedAt, Stopping.NO)).with(health.begun(member));
    }

    ContainerLife with(State newState) {
        return new ContainerLife(member, attempt, newState, last, endsInRow, health);
    }

    ContainerLife with(Health newHealth) {
        return new ContainerLife(member, attempt, state, last, endsInRow, newHealth);
    }

    /// See [PodLife#clockSet].
    ContainerLife clockSet(Duration by) {
        State moved = switch (state) {
            case Waiting(String reason, String message, @Nullable Instant retryAt, int tries) ->
                new Waiting(reason, message, Health.moved(retryAt, by), tries);
            case BackingOff(String id, ContainerEnd end, Duration delay, Instant until) ->
                new BackingOff(id, end, delay, until.plus(by));
            case Starting _, Running _, Ended _ -> state;
        };
        return with(moved).with(health.clockSet(by));
    }

    /// Of one that runs.
    ContainerLife stopping(Stopping stopping) {
        Running running = (Running) state;
        return with(new Running(running.id(), running.startedAt(), stopping));
    }

    /// It runs, and its startup probe, if it has one, has succeeded.
    boolean started() {
        return state instanceof Running && health.started();
    }

    /// The attempt ended.
    public ContainerLife ended(String id, ContainerEnd end) {
        boolean steady = Duration.between(end.startedAt(), end.finishedAt()).compareTo(STEADY) >= 0;
        return new ContainerLife(member, attempt, new Ended(id, end), last, steady ? 1 : endsInRow + 1, health);
    }

    /// The next attempt begins.
    ContainerLife again(Ended previous) {
        return new ContainerLife(member, attempt + 1, new Starting(0), previous, endsInRow, Health.fresh(member));
    }

    /// Something of it runs, or is about to.
    public boolean live() {
        return state instanceof Starting || state instanceof Running;
    }

    /// It ran at least once, or runs.
    boolean begun() {
        return last != null || !(state instanceof Waiting || state instanceof Starting || postStarting());
    }

    /// It runs, but its postStart hook is not over.
    boolean postStarting() {
        return state instanceof Running && !health.postStarted();
    }

    boolean completed() {
        return state instanceof Ended(String _, ContainerEnd end) && end.succeeded();
    }
}
