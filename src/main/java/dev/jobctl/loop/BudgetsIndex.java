package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.BudgetView;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The PodDisruptionBudgets by namespace, kept from change to change: every change of a pod asks for them. Owned by the
/// loop's thread.
final class BudgetsIndex {
    /// Namespace -> store key -> budget.
    private final Map<String, TreeMap<String, BudgetView>> known = new HashMap<>();

    /// By store key.
    Map<String, BudgetView> of(String namespace) {
        @Nullable Map<String, BudgetView> found = known.get(namespace);
        return found == null ? Map.of() : Collections.unmodifiableMap(found);
    }

    void follow(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (after != null && after.object() instanceof PodDisruptionBudget budget) {
            known.computeIfAbsent(after.key().namespace(), _ -> new TreeMap<>()).put(key, BudgetView.of(budget));
        } else if (before != null && before.object() instanceof PodDisruptionBudget) {
            known.computeIfPresent(before.key().namespace(), (_, budgets) -> {
                budgets.remove(key);
                return budgets.isEmpty() ? null : budgets;
            });
        }
    }
}
