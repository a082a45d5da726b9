package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a quota on pods allows, and what its status says. Told in the order in which it happened.
final class QuotaRules {
    private final Map<String, Pod> living = new HashMap<>();
    /// Pods whose time to end was over once: nobody counts them anew when the clock is set back.
    private final Set<String> lapsed = new HashSet<>();

    private @Nullable ResourceQuota quota;

    void quota(@Nullable ResourceQuota now) {
        quota = now;
    }

    void pod(@Nullable Pod before, @Nullable Pod now, Instant clock) {
        if (before != null) {
            living.remove(PodFacts.uid(before));
        }
        if (now != null && !PodFacts.ended(now)) {
            living.put(PodFacts.uid(now), now);
        }
        if (before == null && quota != null) {
            long pods = certain(clock);
            Violation.unless(pods <= hard(quota), "a quota is never exceeded", "%s of %s pods", pods, hard(quota));
        }
    }

    private static long hard(ResourceQuota quota) {
        return amount(quota.getSpec().getHard());
    }

    private static long amount(Map<String, Quantity> amounts) {
        @Nullable Quantity pods = amounts.get("pods");
        return pods == null ? -1 : pods.getNumericalAmount().longValue();
    }

    /// Those that surely count: one whose time to end is over does so no more.
    private long certain(Instant clock) {
        living.forEach((uid, pod) -> {
            if (PodFacts.deleting(pod)
                    && !PodFacts.time(pod.getMetadata().getDeletionTimestamp()).isAfter(clock)) {
                lapsed.add(uid);
            }
        });
        return living.keySet().stream().filter(uid -> !lapsed.contains(uid)).count();
    }

    /// When nobody wants anything more at this instant.
    void settled(Instant clock) {
        if (quota == null || quota.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        long hard = amount(quota.getStatus().getHard());
        long used = amount(quota.getStatus().getUsed());
        Violation.unless(
                hard == hard(quota) && used >= certain(clock) && used <= living.size(),
                "a quota tells what is used",
                "%s of %s, not %s of %s",
                used,
                hard,
                living.size(),
                hard(quota));
    }
}
