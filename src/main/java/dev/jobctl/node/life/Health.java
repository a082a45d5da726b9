package dev.jobctl.node.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a running container's probes say. Without a probe it is as if that had succeeded.
///
/// @param failed a probe had the container stopped: what its program makes of that does not count
/// @param killAt when SIGTERM, sent to this container alone, becomes SIGKILL; null when none was sent
record Health(
        boolean started,
        boolean ready,
        boolean failed,
        @Nullable Instant killAt) {
    static Health fresh(PodPlan.Member member) {
        return new Health(!member.startupProbe(), !member.startupProbe() && !member.readinessProbe(), false, null);
    }

    Health begun(PodPlan.Member member) {
        return new Health(true, !member.readinessProbe(), failed, killAt);
    }

    Health readyNow(boolean isReady) {
        return new Health(started, isReady, failed, killAt);
    }

    Health killedAt(Instant at) {
        return new Health(started, false, failed, at);
    }

    Health failedNow() {
        return new Health(started, ready, true, killAt);
    }
}
