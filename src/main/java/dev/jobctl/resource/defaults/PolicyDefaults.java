package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defaults of what bounds and orders pods.
final class PolicyDefaults {
    private PolicyDefaults() {}

    static void apply(ResourceQuota quota) {
        if (quota.getSpec() != null) {
            quota.getSpec().setHard(Defaults.canonical(quota.getSpec().getHard()));
        }
        @Nullable ResourceQuotaStatus status = quota.getStatus();
        if (status != null) {
            status.setHard(Defaults.canonical(status.getHard()));
            status.setUsed(Defaults.canonical(status.getUsed()));
        }
    }

    static void apply(LimitRange limits) {
        if (limits.getSpec() != null) {
            list(limits.getSpec().getLimits()).forEach(PolicyDefaults::apply);
        }
    }

    /// Rule LIM-001: of containers, a limit that is not said is the maximum; a request that is not said is the limit,
    /// else the minimum.
    private static void apply(LimitRangeItem item) {
        item.setMax(Defaults.canonical(item.getMax()));
        item.setMin(Defaults.canonical(item.getMin()));
        item.setDefault(Defaults.canonical(item.getDefault()));
        item.setDefaultRequest(Defaults.canonical(item.getDefaultRequest()));
        item.setMaxLimitRequestRatio(Defaults.canonical(item.getMaxLimitRequestRatio()));
        if (!"Container".equals(item.getType())) {
            return;
        }
        Map<String, Quantity> limit = new LinkedHashMap<>(map(item.getDefault()));
        map(item.getMax()).forEach(limit::putIfAbsent);
        Map<String, Quantity> request = new LinkedHashMap<>(map(item.getDefaultRequest()));
        limit.forEach(request::putIfAbsent);
        map(item.getMin()).forEach(request::putIfAbsent);
        item.setDefault(limit);
        item.setDefaultRequest(request);
    }

    static void apply(PriorityClass priority) {
        if (Settled.blank(priority.getPreemptionPolicy())) {
            priority.setPreemptionPolicy("PreemptLowerPriority");
        }
    }
}
