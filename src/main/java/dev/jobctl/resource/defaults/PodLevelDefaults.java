package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.view.PodTotals;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rule PLR-001, page "Assign Pod-level CPU and memory resources": what a pod that says something of its resources as a
/// whole did
/// not say. Containers have their own defaults before.
final class PodLevelDefaults {
    private static final String HUGE_PAGES = "hugepages-";

    private PodLevelDefaults() {}

    static void apply(PodSpec spec) {
        @Nullable ResourceRequirements own = spec.getResources();
        if (own == null) {
            return;
        }
        Map<String, Quantity> limits = new TreeMap<>(map(own.getLimits()));
        Map<String, Quantity> requests = new TreeMap<>(map(own.getRequests()));
        if (limits.isEmpty() && requests.isEmpty()) {
            return;
        }
        hugePages(spec, limits, requests);
        if (!limits.isEmpty()) {
            own.setLimits(limits);
            requests(spec, limits, requests);
            own.setRequests(requests);
        }
    }

    /// Huge pages cannot be promised twice: the limit is what the containers have together.
    private static void hugePages(PodSpec spec, Map<String, Quantity> limits, Map<String, Quantity> requests) {
        PodTotals.QUANTITIES.containerLimits(spec).forEach((name, amount) -> {
            if (name.startsWith(HUGE_PAGES) && !requests.containsKey(name)) {
                limits.putIfAbsent(name, amount);
            }
        });
    }

    /// What the containers ask for together, else the limit.
    private static void requests(PodSpec spec, Map<String, Quantity> limits, Map<String, Quantity> requests) {
        PodTotals.QUANTITIES.containerRequests(spec).forEach((name, amount) -> {
            if (PodTotals.ofPods(name) && !name.startsWith(HUGE_PAGES)) {
                requests.putIfAbsent(name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (PodTotals.ofPods(name)) {
                requests.putIfAbsent(name, amount);
            }
        });
    }
}
