package dev.jobctl.control.nodes;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.view.NodeHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps up the Lease of a node that lives in the control plane's own process, for those who look at it. Nobody here
/// needs it, so that it must cost next to nothing: it goes along with what is written anyway, and alone only now and
/// then.
public final class Heartbeat {
    private static final Duration WITH_OTHERS = Duration.ofSeconds(10);
    private static final Duration ALONE = Duration.ofMinutes(5);

    private Heartbeat() {}

    /// To be asked when something of the node is written, and at `wakeAt`.
    ///
    /// Rule NODE-008, "kubelet heartbeat": the Lease is renewed with the first write after 10 s, and after 5 min
    /// without one.
    ///
    /// @param renewed null: there is no Lease yet
    public static Decision decide(NodeHealth node, @Nullable Instant renewed, Instant now) {
        if (!node.inProcess()) {
            return Decision.quiet();
        }
        if (renewed != null && now.isBefore(renewed.plus(WITH_OTHERS))) {
            return new Decision(List.of(), List.of(), renewed.plus(ALONE));
        }
        return new Decision(List.of(new Change.RenewLease(node.ref())), List.of(), now.plus(ALONE));
    }
}
