package dev.jobctl.control.quota;

import dev.jobctl.resource.view.PodClaim;
import dev.jobctl.resource.view.QuotaView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether one more object fits the quotas of its namespace. Exact: the usage given is that of this very moment.
public final class QuotaAdmission {
    /// What every container must say when a quota bounds it. Kubernetes calls that a mistake, and keeps to it.
    private static final Set<String> MUST_BE_SAID =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private QuotaAdmission() {}

    /// Why not, as it follows `is forbidden: ` in the API's answer; null: it fits.
    ///
    /// @param quotas of the namespace, in order of name
    public static @Nullable String refusal(List<QuotaUsage> quotas, QuotaCharge charge) {
        return refusal(quotas, charge, null);
    }

    /// The same for a change. Rule QUO-011: Services and claims take what they want more than before; a pod is weighed
    /// only when it comes under other scopes, by getting or losing its deadline.
    public static @Nullable String refusal(List<QuotaUsage> quotas, QuotaCharge charge, @Nullable QuotaCharge before) {
        boolean samePod = before != null
                && before.pod() != null
                && charge.pod() != null
                && before.pod().deadline() == charge.pod().deadline();
        if (samePod) {
            return null;
        }
        List<QuotaUsage> concerned =
                quotas.stream().filter(each -> charge.counts(each.quota())).toList();
        for (QuotaUsage each : concerned) {
            @Nullable String unsaid = charge.pod() == null ? null : unsaid(each.quota(), charge.pod());
            if (unsaid != null) {
                return "failed quota: " + name(each) + ": must specify " + unsaid;
            }
        }
        for (QuotaUsage each : concerned) {
            QuotaCharge more = before != null && before.counts(each.quota()) ? charge.beyond(before) : charge;
            @Nullable String exceeded = exceeded(each, more);
            if (exceeded != null) {
                return exceeded;
            }
        }
        return null;
    }

    private static String name(QuotaUsage usage) {
        return usage.quota().ref().key().name();
    }

    /// Rule QUO-005: `limits.cpu for: main,side; requests.memory for: main`.
    private static @Nullable String unsaid(QuotaView quota, PodClaim pod) {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (String name : quota.hard().keySet()) {
            if (MUST_BE_SAID.contains(name)) {
                pod.said().forEach((container, said) -> {
                    if (!said.contains(name)) {
                        missing.computeIfAbsent(name, _ -> new TreeSet<>()).add(container);
                    }
                });
            }
        }
        return missing.isEmpty()
                ? null
                : missing.entrySet().stream()
                        .map(each -> each.getKey() + " for: " + String.join(",", each.getValue()))
                        .collect(Collectors.joining("; "));
    }

    /// Rule QUO-006: only what would be too much is told. What the object does not take is not looked at, even when
    /// there is too much of it already.
    private static @Nullable String exceeded(QuotaUsage usage, QuotaCharge charge) {
        List<String> over = new ArrayList<>();
        usage.quota().hard().forEach((name, hard) -> {
            long wanted = charge.amounts().getOrDefault(name, 0L);
            if (wanted > 0 && wanted > hard - usage.used(name)) {
                over.add(name);
            }
        });
        if (over.isEmpty()) {
            return null;
        }
        String limited = over.stream()
                .map(name -> name + "=" + usage.quota().hardText().get(name))
                .collect(Collectors.joining(","));
        return "exceeded quota: " + name(usage) + ", requested: " + QuotaUsage.print(over, charge.amounts())
                + ", used: " + QuotaUsage.print(over, usage.used()) + ", limited: " + limited;
    }
}
