package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod's quality-of-service class, from the cpu and memory of its containers. Rule PLR-003: of a pod that says
/// something as a whole that alone counts.
final class Qos {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private Qos() {}

    /// Guaranteed: everyone has limits for both, and requests equal to them. BestEffort: nothing asked.
    static String of(PodSpec spec) {
        List<ResourceRequirements> all = spec.getResources() == null
                ? Stream.concat(list(spec.getInitContainers()).stream(), list(spec.getContainers()).stream())
                        .map(Qos::resources)
                        .toList()
                : List.of(spec.getResources());
        if (all.stream().allMatch(Qos::asksNothing)) {
            return "BestEffort";
        }
        return all.stream().allMatch(Qos::guaranteed) ? "Guaranteed" : "Burstable";
    }

    private static ResourceRequirements resources(Container container) {
        return container.getResources() == null ? new ResourceRequirements() : container.getResources();
    }

    private static boolean asksNothing(ResourceRequirements of) {
        return COUNTED.stream()
                .allMatch(name -> amount(of.getRequests(), name).signum() <= 0
                        && amount(of.getLimits(), name).signum() <= 0);
    }

    private static boolean guaranteed(ResourceRequirements of) {
        return COUNTED.stream().allMatch(name -> {
            BigDecimal limit = amount(of.getLimits(), name);
            boolean unsaid = !map(of.getRequests()).containsKey(name);
            return limit.signum() > 0
                    && (unsaid || amount(of.getRequests(), name).compareTo(limit) == 0);
        });
    }

    private static BigDecimal amount(@Nullable Map<String, Quantity> amounts, String name) {
        return Quantities.amount(map(amounts).get(name));
    }
}
