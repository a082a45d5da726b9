package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.BudgetView;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The PodDisruptionBudgets by namespace, and the pods of those that were asked for them, kept from change to change:
/// every change of a pod asks. Owned by the loop's thread.
final class BudgetsIndex {
    /// Namespace -> store key -> budget.
    private final Map<String, TreeMap<String, BudgetView>> known = new HashMap<>();

    /// Budget's store key -> store key -> pod that it protects.
    private final Map<String, TreeMap<String, ObjectVersion>> pods = new HashMap<>();

    /// By store key.
    Map<String, BudgetView> of(String namespace) {
        @Nullable Map<String, BudgetView> found = known.get(namespace);
        return found == null ? Map.of() : Collections.unmodifiableMap(found);
    }

    /// All of them.
    List<BudgetView> all() {
        return known.values().stream()
                .flatMap(budgets -> budgets.values().stream())
                .toList();
    }

    /// The pods that a budget protects. `all` finds them among all of its namespace; asked once for each selector.
    Collection<ObjectVersion> pods(BudgetView budget, Supplier<Map<String, ObjectVersion>> all) {
        return Collections.unmodifiableCollection(
                pods.computeIfAbsent(budget.ref().key().path(), _ -> new TreeMap<>(all.get()))
                        .values());
    }

    void followPod(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable ObjectVersion any = after == null ? before : after;
        if (pods.isEmpty() || any == null) {
            return;
        }
        of(any.key().namespace()).forEach((budgetKey, budget) -> {
            @Nullable Map<String, ObjectVersion> own = pods.get(budgetKey);
            if (own == null) {
                return;
            }
            if (after != null && budget.matches(Views.pod(after).meta().labels())) {
                own.put(key, after);
            } else {
                own.remove(key);
            }
        });
    }

    void follow(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (after != null && after.object() instanceof PodDisruptionBudget budget) {
            BudgetView now = BudgetView.of(budget);
            @Nullable
            BudgetView old = known.computeIfAbsent(after.key().namespace(), _ -> new TreeMap<>())
                    .put(key, now);
            if (old == null || !Objects.equals(old.pods(), now.pods())) {
                pods.remove(key);
            }
        } else if (before != null && before.object() instanceof PodDisruptionBudget) {
            pods.remove(key);
            known.computeIfPresent(before.key().namespace(), (_, budgets) -> {
                budgets.remove(key);
                return budgets.isEmpty() ? null : budgets;
            });
        }
    }
}
