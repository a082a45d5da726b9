package dev.jobctl.control.budget;

import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.PodView;
import java.util.List;

/// Rule PDB-005: of a pod that more than one budget protects an event tells whenever the pod changes, since such a pod
/// cannot be evicted.
public final class SharedPod {
    private SharedPod() {}

    /// @param budgets those that protect it; the event names the first
    public static Decision decide(PodView pod, List<BudgetView> budgets) {
        if (budgets.size() < 2) {
            return Decision.quiet();
        }
        ObjectKey key = pod.ref().key();
        String text = "Pod \"%s\"/\"%s\" matches multiple PodDisruptionBudgets.  Chose \"%s\" arbitrarily."
                .formatted(
                        key.namespace(),
                        key.name(),
                        budgets.getFirst().ref().key().name());
        EventDraft event =
                EventDraft.warning(pod.ref(), "MultiplePodDisruptionBudgets", text, BudgetController.COMPONENT);
        return new Decision(List.of(), List.of(event), null);
    }
}
