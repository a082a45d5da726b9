package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Carries out what the controllers of quotas and disruption budgets decide.
final class PolicyWriter {
    private PolicyWriter() {}

    static void setQuotaStatus(Change.SetQuotaStatus set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.quota());
        if (found == null || !(Edit.of(found).object() instanceof ResourceQuota next)) {
            return;
        }
        ResourceQuotaStatus status = new ResourceQuotaStatus();
        status.setHard(quantities(set.hard()));
        status.setUsed(quantities(set.used()));
        next.setStatus(status);
        state.put(Kinds.RESOURCE_QUOTA, next);
    }

    static void setBudgetStatus(Change.SetBudgetStatus set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.budget());
        if (found != null && Edit.of(found).object() instanceof PodDisruptionBudget next) {
            next.setStatus(set.status().toStatus());
            state.put(Kinds.POD_DISRUPTION_BUDGET, next);
        }
    }

    private static Map<String, Quantity> quantities(Map<String, String> text) {
        Map<String, Quantity> quantities = new TreeMap<>();
        text.forEach((name, amount) -> quantities.put(name, Quantity.parse(amount)));
        return quantities;
    }
}
