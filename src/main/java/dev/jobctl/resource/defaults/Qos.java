package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A pod's quality-of-service class, from the cpu and memory of its containers.
final class Qos {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private Qos() {}

    /// Guaranteed: every container has limits for both, and requests equal to them. BestEffort: nothing asked.
    static String of(PodSpec spec) {
        List<Container> containers = Stream.concat(
                        list(spec.getInitContainers()).stream(), list(spec.getContainers()).stream())
                .toList();
        if (containers.stream().allMatch(Qos::asksNothing)) {
            return "BestEffort";
        }
        return containers.stream().allMatch(Qos::guaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean asksNothing(Container container) {
        return COUNTED.stream()
                .allMatch(name -> amount(requests(container), name).signum() <= 0
                        && amount(limits(container), name).signum() <= 0);
    }

    private static boolean guaranteed(Container container) {
        return COUNTED.stream().allMatch(name -> {
            BigDecimal limit = amount(limits(container), name);
            boolean unsaid = !requests(container).containsKey(name);
            return limit.signum() > 0
                    && (unsaid || amount(requests(container), name).compareTo(limit) == 0);
        });
    }

    private static Map<String, Quantity> requests(Container container) {
        return container.getResources() == null
                ? Map.of()
                : map(container.getResources().getRequests());
    }

    private static Map<String, Quantity> limits(Container container) {
        return container.getResources() == null
                ? Map.of()
                : map(container.getResources().getLimits());
    }

    private static BigDecimal amount(Map<String, Quantity> amounts, String name) {
        return Quantities.amount(amounts.get(name));
    }
}
