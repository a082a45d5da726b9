package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sums what containers ask for. Numbers are whole: `cpu` in thousandths of a core, all else in units, rounded up.
final class Requests {
    private Requests() {}

    /// What the pod needs at its hungriest moment: app containers and sidecars together, or one init container with
    /// the sidecars started before it, whichever is more; plus the overhead of its runtime.
    static Map<String, Long> of(PodSpec spec) {
        return peak(spec, Requests::wanted);
    }

    /// The same of limits.
    static Map<String, Long> limits(PodSpec spec) {
        return peak(spec, Requests::allowed);
    }

    private static Map<String, Long> peak(PodSpec spec, Function<Container, Map<String, Long>> part) {
        Map<String, Long> running = new HashMap<>();
        for (Container container : Holes.list(spec.getContainers())) {
            add(running, part.apply(container));
        }
        Map<String, Long> sidecars = new HashMap<>();
        Map<String, Long> peak = new HashMap<>();
        List<Container> inits = Holes.list(spec.getInitContainers());
        for (Container init : inits) {
            Map<String, Long> wanted = part.apply(init);
            if (ContainerView.sidecar(init)) {
                add(sidecars, wanted);
                raise(peak, sidecars);
            } else {
                Map<String, Long> moment = new HashMap<>(sidecars);
                add(moment, wanted);
                raise(peak, moment);
            }
        }
        add(running, sidecars);
        raise(running, peak);
        add(running, amounts(spec.getOverhead()));
        running.values().removeIf(amount -> amount == 0);
        return running;
    }

    /// By resource name; null for none.
    static Map<String, Long> amounts(@Nullable Map<String, Quantity> quantities) {
        if (quantities == null || quantities.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> amounts = new HashMap<>();
        quantities.forEach((name, quantity) -> amounts.put(name, amount(name, quantity)));
        return amounts;
    }

    private static Map<String, Long> wanted(Container container) {
        return container.getResources() == null
                ? Map.of()
                : amounts(container.getResources().getRequests());
    }

    private static Map<String, Long> allowed(Container container) {
        return container.getResources() == null
                ? Map.of()
                : amounts(container.getResources().getLimits());
    }

    /// 0 for what is no quantity; the largest long for what does not fit one.
    private static long amount(String name, @Nullable Quantity quantity) {
        return quantity == null ? 0 : Quantities.whole(name, quantity);
    }

    private static void add(Map<String, Long> sum, Map<String, Long> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Requests::saturatingSum));
    }

    private static void raise(Map<String, Long> most, Map<String, Long> other) {
        other.forEach((name, amount) -> most.merge(name, amount, Math::max));
    }

    private static long saturatingSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
