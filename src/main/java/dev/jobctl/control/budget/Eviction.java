package dev.jobctl.control.budget;

import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Whether a pod may be evicted now. Exact: the budget is weighed with the pods of this very moment.
public final class Eviction {
    private static final String TOO_MANY =
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    private static final String VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

    private static final int NEXT_TRY_SECONDS = 10;

    private Eviction() {}

    /// What the API answers.
    public sealed interface Verdict {
        record Allowed() implements Verdict {}

        /// It may be tried again.
        ///
        /// @param cause names the budget
        /// @param retryAfterSeconds 0 where nobody knows
        record NotNow(String message, String cause, int retryAfterSeconds) implements Verdict {}

        record Never(String message) implements Verdict {}
    }

    /// Rule PDB-002, "Voluntary disruption": pods that have not begun, have ended or are being deleted bypass the
    /// budget; of two budgets neither is asked. Rule PDB-003: a pod that is not ready may go as long as enough others
    /// are healthy, or at any time if the budget says so.
    /// Rule PDB-004: otherwise nobody goes while the controller could not weigh the budget as it is now.
    ///
    /// @param budgets those that protect it
    /// @param protectedBy whom else each protects
    public static Verdict judge(
            PodView pod, List<BudgetView> budgets, Function<BudgetView, List<PodView>> protectedBy, Instant now) {
        boolean free = pod.terminal() || pod.deleting() || pod.phase() == Phase.Pending;
        if (free || budgets.isEmpty()) {
            return new Verdict.Allowed();
        }
        if (budgets.size() > 1) {
            return new Verdict.Never(TOO_MANY);
        }
        BudgetView budget = budgets.getFirst();
        BudgetView.Status status = BudgetController.status(budget, protectedBy.apply(budget), now);
        boolean enough = status.desired() > 0 && status.healthy() >= status.desired();
        if (!pod.ready() && (budget.evictsUnhealthy() || enough)) {
            return new Verdict.Allowed();
        }
        String name = "The disruption budget " + budget.ref().key().name();
        if (status.observedGeneration() < budget.generation()) {
            return new Verdict.NotNow(VIOLATION, name + " is still being processed by the server.", NEXT_TRY_SECONDS);
        }
        return status.allowed() > 0
                ? new Verdict.Allowed()
                : new Verdict.NotNow(
                        VIOLATION,
                        name + " needs " + status.desired() + " healthy pods and has " + status.healthy()
                                + " currently",
                        0);
    }
}
