package dev.jobctl.node.simulated;

import dev.jobctl.node.life.PodPlan;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/// Says what each run of a container does. Asked once for every start, in the order of the starts; may remember.
@FunctionalInterface
public interface Behaviour {
    Act act(Start start);

    /// What a run did that began in an earlier life of the node: the same as then. `number` is that of its [Act.Run].
    default Act again(Start start, int number) {
        return act(start);
    }

    /// All pods that an earlier life of the node may have begun: their runs count. Told before any of them goes on.
    default void remember(List<Pod> pods) {}

    /// @param restart how often this container of this pod was started before
    /// @param node where
    record Start(Pod pod, PodPlan.Member container, int restart, String node) {}

    /// Every app and init container runs so; sidecars run until they are told to end.
    static Behaviour always(Act act) {
        return start -> switch (start.container().role()) {
            case INIT, APP -> act;
            case SIDECAR -> Act.forever();
        };
    }
}
