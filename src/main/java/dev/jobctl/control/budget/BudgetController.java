package dev.jobctl.control.budget;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.OwnerView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps what a PodDisruptionBudget's status says. Ask when it changes, and when a pod that it protects does.
public final class BudgetController {
    static final String COMPONENT = "controllermanager";
    private static final String ALLOWED = "DisruptionAllowed";

    private BudgetController() {}

    /// @param pods those that it protects
    public static Decision decide(BudgetView budget, List<PodView> pods, Instant now) {
        BudgetView.Status next = status(budget, pods, now);
        if (next.equals(budget.status())) {
            return Decision.quiet();
        }
        List<EventDraft> events = new ArrayList<>();
        @Nullable ConditionView condition = next.condition();
        if (condition != null && condition.reason().equals("SyncFailed")) {
            events.add(EventDraft.warning(
                    budget.ref(),
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: " + condition.message(),
                    COMPONENT));
        } else if (pods.isEmpty()) {
            events.add(EventDraft.normal(budget.ref(), "NoPods", "No matching pods found", COMPONENT));
        } else if (budget.weighed()) {
            events.add(EventDraft.warning(budget.ref(), "UnmanagedPods", unmanaged(budget), COMPONENT));
        }
        return new Decision(List.of(new Change.SetBudgetStatus(budget.ref(), next)), events, null);
    }

    private static String unmanaged(BudgetView budget) {
        return "Pods selected by this PodDisruptionBudget (selector: " + budget.selector()
                + ") were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly,"
                + " which may result in undefined behavior. To account for these pods please set"
                + " \".spec.minAvailable\" field of the PDB to an integer value.";
    }

    /// Rule PDB-001: as many may go as are healthy beyond minAvailable, where all pods that it protects are expected. A
    /// share, or maxUnavailable, would have to be weighed against what the pods' controller wants; Jobs do not say that
    /// (they have no scale), so under such a budget none may go, and what was observed stays as old as it is. Nor may
    /// any go under one that says nothing at all.
    static BudgetView.Status status(BudgetView budget, List<PodView> pods, Instant now) {
        int healthy = (int) pods.stream().filter(BudgetController::healthy).count();
        if (budget.minAvailable() == null) {
            return unknown(budget, pods, healthy, now);
        }
        int desired = budget.minAvailable();
        int allowed = pods.isEmpty() ? 0 : Math.max(0, healthy - desired);
        ConditionView condition = allowed > 0
                ? condition(budget, "True", "SufficientPods", "", now)
                : condition(budget, "False", "InsufficientPods", "", now);
        return new BudgetView.Status(budget.generation(), allowed, healthy, desired, pods.size(), condition);
    }

    private static BudgetView.Status unknown(BudgetView budget, List<PodView> pods, int healthy, Instant now) {
        @Nullable
        OwnerView controller = pods.stream()
                .map(PodView::controller)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (controller == null || !budget.weighed()) { // pods on their own are not expected
            return new BudgetView.Status(
                    budget.generation(), 0, healthy, 0, 0, condition(budget, "False", "InsufficientPods", "", now));
        }
        BudgetView.Status before = budget.status();
        return new BudgetView.Status(
                before.observedGeneration(),
                0,
                before.healthy(),
                before.desired(),
                before.expected(),
                condition(
                        budget,
                        "False",
                        "SyncFailed",
                        resource(controller) + " does not implement the scale subresource",
                        now));
    }

    /// `jobs.batch` of a Job of `batch/v1`.
    private static String resource(OwnerView of) {
        int slash = of.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : "." + of.apiVersion().substring(0, slash);
        return of.kind().toLowerCase(Locale.ROOT) + "s" + group;
    }

    /// Its time moves with its status only.
    private static ConditionView condition(
            BudgetView budget, String status, String reason, String message, Instant now) {
        @Nullable ConditionView old = budget.status().condition();
        @Nullable Instant since = old != null && old.status().equals(status) ? old.lastTransition() : null;
        return new ConditionView(ALLOWED, status, reason, message, since == null ? now : since);
    }

    private static boolean healthy(PodView pod) {
        return pod.ready() && !pod.deleting();
    }
}
