package dev.jobctl.node.life;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a running container's probes say. Without a probe it is as if that had succeeded.
///
/// @param postStarted its postStart hook is over, or it has none; before that nobody is told that it runs
/// @param failed a probe had the container stopped: what its program makes of that does not count
/// @param killAt when SIGTERM, sent to this container alone, becomes SIGKILL; null when none was sent
/// @param spared no SIGKILL before this, since a preStop hook had its part of the grace; null without one
record Health(
        boolean started,
        boolean ready,
        boolean postStarted,
        boolean failed,
        @Nullable Instant killAt,
        @Nullable Instant spared) {
    static Health fresh(PodPlan.Member member) {
        Health fresh = new Health(false, false, false, false, null, null);
        return member.postStart() ? fresh : fresh.postStarted(member);
    }

    Health postStarted(PodPlan.Member member) {
        boolean begun = !member.startupProbe();
        return new Health(begun, begun && !member.readinessProbe(), true, failed, killAt, spared);
    }

    Health begun(PodPlan.Member member) {
        return new Health(true, !member.readinessProbe(), true, failed, killAt, spared);
    }

    Health readyNow(boolean isReady) {
        return new Health(started, isReady, postStarted, failed, killAt, spared);
    }

    Health killedAt(Instant at) {
        return new Health(started, false, postStarted, failed, at, spared);
    }

    Health failedNow() {
        return new Health(started, ready, postStarted, true, killAt, spared);
    }

    /// When a container that got its SIGTERM is killed, if its grace ends at `graceEnd`.
    Instant killed(Instant graceEnd) {
        return spared == null || spared.isBefore(graceEnd) ? graceEnd : spared;
    }

    Health clockSet(Duration by) {
        return new Health(started, ready, postStarted, failed, moved(killAt, by), moved(spared, by));
    }

    static @Nullable Instant moved(@Nullable Instant at, Duration by) {
        return at == null ? null : at.plus(by);
    }

    Health sparedUntil(Instant at) {
        return new Health(started, ready, postStarted, failed, killAt, at);
    }
}
