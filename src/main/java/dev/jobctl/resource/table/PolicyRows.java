package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of what bounds and orders pods: quotas, limit ranges, priority classes.
final class PolicyRows {
    static final List<Column> RESOURCE_QUOTA = List.of(
            Column.name("quota"),
            Column.age(),
            Column.text("Request", "What is used and what may be, of counts and requests."),
            Column.text("Limit", "What is used and what may be, of limits."));

    static final List<Column> LIMIT_RANGE =
            List.of(Column.name("limit range"), Column.text("Created At", "When it was created."));

    static final List<Column> PRIORITY_CLASS = List.of(
            new Column("Name", "string", "name", "Name of the priority class.", 0),
            Column.number("Value", "Priority of pods of this class; the higher go first."),
            new Column("Global-Default", "boolean", "", "Whether pods without a class have this one.", 0),
            Column.age(),
            Column.text("PreemptionPolicy", "Whether its pods displace those of lower priority."));

    static final List<Column> BUDGET = List.of(
            new Column("Name", "string", "name", "Name of the budget.", 0),
            Column.text("Min Available", "How many pods, or which share, must be left."),
            Column.text("Max Unavailable", "How many pods, or which share, may be away."),
            Column.number("Allowed Disruptions", "How many pods may be driven away now."),
            Column.age());

    private PolicyRows() {}

    static List<Object> cells(ResourceQuota quota, Instant now) {
        StringJoiner requests = new StringJoiner(", ");
        StringJoiner limits = new StringJoiner(", ");
        if (quota.getStatus() != null && quota.getStatus().getHard() != null) {
            Map<String, Quantity> used = quota.getStatus().getUsed() == null
                    ? Map.of()
                    : quota.getStatus().getUsed();
            new TreeMap<>(quota.getStatus().getHard()).forEach((name, hard) -> {
                Quantity taken = used.getOrDefault(name, new Quantity("0"));
                (name.startsWith("limits.") ? limits : requests)
                        .add(name + ": " + Quantities.text(taken) + "/" + Quantities.text(hard));
            });
        }
        return List.of(Cells.name(quota), Cells.age(quota, now), requests.toString(), limits.toString());
    }

    static List<Object> cells(PodDisruptionBudget budget, Instant now) {
        return List.of(
                Cells.name(budget),
                amount(budget.getSpec() == null ? null : budget.getSpec().getMinAvailable()),
                amount(budget.getSpec() == null ? null : budget.getSpec().getMaxUnavailable()),
                Cells.count(
                        budget.getStatus() == null ? null : budget.getStatus().getDisruptionsAllowed()),
                Cells.age(budget, now));
    }

    private static String amount(@Nullable IntOrString amount) {
        return amount == null || amount.getValue() == null
                ? "N/A"
                : amount.getValue().toString();
    }

    static List<Object> cells(LimitRange limits) {
        return List.of(Cells.name(limits), Cells.text(limits.getMetadata().getCreationTimestamp()));
    }

    static List<Object> cells(PriorityClass priority, Instant now) {
        return List.of(
                Cells.name(priority),
                Cells.count(priority.getValue()),
                Cells.yes(priority.getGlobalDefault()),
                Cells.age(priority, now),
                Cells.text(priority.getPreemptionPolicy()));
    }
}
