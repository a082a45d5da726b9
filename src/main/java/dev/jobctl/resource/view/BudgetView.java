package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A PodDisruptionBudget as its controller sees it.
///
/// @param pods whom it protects; null: nobody
/// @param selector the same as the API prints it in events
/// @param minAvailable how many must be left, as a number; null: it says something else, or nothing
/// @param weighed says something that is weighed against what the pods' controller wants: a share, or maxUnavailable
/// @param evictsUnhealthy pods that are not ready may go whatever is left
public record BudgetView(
        ObjectRef ref,
        long generation,
        @Nullable LabelSelector pods,
        String selector,
        @Nullable Integer minAvailable,
        boolean weighed,
        boolean evictsUnhealthy,
        Status status) {
    /// status.
    ///
    /// @param condition DisruptionAllowed, null for none
    public record Status(
            long observedGeneration,
            int allowed,
            int healthy,
            int desired,
            int expected,
            @Nullable ConditionView condition) {
        /// As stored; disruptedPods stay empty, for a pod is deleted with its eviction.
        public PodDisruptionBudgetStatus toStatus() {
            PodDisruptionBudgetStatus next = new PodDisruptionBudgetStatus();
            next.setObservedGeneration(observedGeneration);
            next.setDisruptionsAllowed(allowed);
            next.setCurrentHealthy(healthy);
            next.setDesiredHealthy(desired);
            next.setExpectedPods(expected);
            if (condition != null) {
                Condition written = new Condition();
                written.setType(condition.type());
                written.setStatus(condition.status());
                written.setReason(condition.reason());
                written.setMessage(condition.message());
                written.setObservedGeneration(observedGeneration);
                written.setLastTransitionTime(Times.write(condition.lastTransition()));
                next.setConditions(java.util.List.of(written));
            }
            return next;
        }
    }

    /// From a stored PodDisruptionBudget: name, namespace and uid are set.
    public static BudgetView of(PodDisruptionBudget budget) {
        PodDisruptionBudgetSpec spec = budget.getSpec() == null ? new PodDisruptionBudgetSpec() : budget.getSpec();
        @Nullable IntOrString least = spec.getMinAvailable();
        Long generation = budget.getMetadata().getGeneration();
        return new BudgetView(
                ObjectRef.of(Kinds.POD_DISRUPTION_BUDGET, budget),
                generation == null ? 0 : generation,
                spec.getSelector() == null ? null : AffinityTerm.selector(spec.getSelector()),
                text(spec.getSelector()),
                least == null ? null : least.getIntVal(),
                spec.getMaxUnavailable() != null || least != null && least.getIntVal() == null,
                "AlwaysAllow".equals(spec.getUnhealthyPodEvictionPolicy()),
                status(budget.getStatus()));
    }

    /// `&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}`.
    private static String text(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) {
            return "nil";
        }
        StringBuilder labels = new StringBuilder();
        new TreeMap<>(Holes.map(selector.getMatchLabels()))
                .forEach((key, value) ->
                        labels.append(key).append(": ").append(value).append(','));
        StringBuilder expressions = new StringBuilder();
        for (LabelSelectorRequirement each : Holes.list(selector.getMatchExpressions())) {
            expressions
                    .append("LabelSelectorRequirement{Key:")
                    .append(each.getKey())
                    .append(",Operator:")
                    .append(each.getOperator())
                    .append(",Values:[")
                    .append(String.join(" ", Holes.list(each.getValues())))
                    .append("],},");
        }
        return "&LabelSelector{MatchLabels:map[string]string{" + labels
                + "},MatchExpressions:[]LabelSelectorRequirement{" + expressions + "},}";
    }

    private static Status status(@Nullable PodDisruptionBudgetStatus stored) {
        PodDisruptionBudgetStatus status = stored == null ? new PodDisruptionBudgetStatus() : stored;
        return new Status(
                Objects.requireNonNullElse(status.getObservedGeneration(), 0L),
                Holes.number(status.getDisruptionsAllowed(), 0),
                Holes.number(status.getCurrentHealthy(), 0),
                Holes.number(status.getDesiredHealthy(), 0),
                Holes.number(status.getExpectedPods(), 0),
                Holes.list(status.getConditions()).stream()
                        .filter(each -> "DisruptionAllowed".equals(each.getType()))
                        .map(each -> new ConditionView(
                                "DisruptionAllowed",
                                Holes.text(each.getStatus()),
                                Holes.text(each.getReason()),
                                Holes.text(each.getMessage()),
                                Times.read(each.getLastTransitionTime())))
                        .findFirst()
                        .orElse(null));
    }

    /// Whether it protects pods with these labels, in its own namespace.
    public boolean matches(Map<String, String> labels) {
        return pods != null && pods.matches(labels);
    }
}
