package dev.jobctl.node.simulated;

import dev.jobctl.node.life.PodPlan;
import io.fabric8.kubernetes.api.model.Pod;

/// Says what each run of a container does. Asked once for every start, in the order of the starts; may remember.
@FunctionalInterface
public interface Behaviour {
    Act act(Start start);

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
