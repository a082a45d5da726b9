package dev.jobctl.control.budget;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rule EVI-003: a pod that was to be disrupted, so its condition, and that nobody deletes within two minutes is not
/// disrupted after all (the disruption controller's `stalePodDisruptionTimeout`).
public final class StaleDisruption {
    private static final String TYPE = "DisruptionTarget";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Between a node's word that it ends a pod and the pod's end any time may pass.
    private static final String BY_NODE = "TerminationByKubelet";

    private StaleDisruption() {}

    /// Whether the pod has such a condition, new or old.
    public static boolean concerns(PodView pod) {
        return target(pod) != null;
    }

    private static @Nullable ConditionView target(PodView pod) {
        @Nullable ConditionView found = pod.deleting() || pod.terminal() ? null : pod.condition(TYPE);
        return found == null || !found.isTrue() || found.reason().equals(BY_NODE) ? null : found;
    }

    public static Decision decide(PodView pod, Instant now) {
        @Nullable ConditionView said = target(pod);
        if (said == null) {
            return Decision.quiet();
        }
        @Nullable Instant since = said.lastTransition();
        @Nullable Instant end = since == null ? null : since.plus(PATIENCE);
        return end != null && end.isAfter(now)
                ? new Decision(List.of(), List.of(), end)
                : new Decision(
                        List.of(new Change.SetPodCondition(pod.ref(), new ConditionView(TYPE, "False", "", "", now))),
                        List.of(),
                        null);
    }
}
