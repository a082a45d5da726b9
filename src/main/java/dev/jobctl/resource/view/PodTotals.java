package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a pod takes of each resource, from what its containers say and from what it says as a whole
/// (`spec.resources`). Results are in order of resource name and the caller's own; the overhead of the pod's runtime
/// is in none of them.
///
/// @param read an amount from a resource's name and quantity
public record PodTotals<A>(BiFunction<String, Quantity, A> read, BinaryOperator<A> sum, BinaryOperator<A> max) {
    /// As quantities, written as the API writes a sum.
    public static final PodTotals<Quantity> QUANTITIES =
            new PodTotals<>((name, quantity) -> quantity, Quantities::sum, Quantities::max);

    /// Whether a pod as a whole can ask for such a resource.
    public static boolean ofPods(String resource) {
        return resource.equals("cpu") || resource.equals("memory") || resource.startsWith("hugepages-");
    }

    /// Whether the pod asks for anything as a whole, or is limited so.
    public static boolean saysAny(PodSpec spec) {
        @Nullable ResourceRequirements own = spec.getResources();
        return own != null
                && (quantities(own.getRequests()).keySet().stream().anyMatch(PodTotals::ofPods)
                        || quantities(own.getLimits()).keySet().stream().anyMatch(PodTotals::ofPods));
    }

    /// What the containers ask for at the pod's hungriest moment: app containers and sidecars together, or one init
    /// container with the sidecars started before it, whichever is more.
    public Map<String, A> containerRequests(PodSpec spec) {
        return peak(spec, ResourceRequirements::getRequests);
    }

    /// The same of limits.
    public Map<String, A> containerLimits(PodSpec spec) {
        return peak(spec, ResourceRequirements::getLimits);
    }

    /// The same, but what the pod says as a whole goes before.
    public Map<String, A> requests(PodSpec spec) {
        return whole(spec, ResourceRequirements::getRequests);
    }

    /// The same, but what the pod says as a whole goes before.
    public Map<String, A> limits(PodSpec spec) {
        return whole(spec, ResourceRequirements::getLimits);
    }

    private Map<String, A> whole(PodSpec spec, Function<ResourceRequirements, Map<String, Quantity>> side) {
        Map<String, A> totals = peak(spec, side);
        amounts(spec.getResources(), side).forEach((name, amount) -> {
            if (ofPods(name)) {
                totals.put(name, amount);
            }
        });
        return totals;
    }

    private Map<String, A> peak(PodSpec spec, Function<ResourceRequirements, Map<String, Quantity>> side) {
        Map<String, A> running = new TreeMap<>();
        for (Container container : Holes.list(spec.getContainers())) {
            merge(running, amounts(container.getResources(), side), sum);
        }
        Map<String, A> sidecars = new TreeMap<>();
        Map<String, A> peak = new TreeMap<>();
        for (Container init : Holes.list(spec.getInitContainers())) {
            Map<String, A> wanted = amounts(init.getResources(), side);
            if (ContainerView.sidecar(init)) {
                merge(running, wanted, sum);
                merge(sidecars, wanted, sum);
                merge(peak, sidecars, max);
            } else {
                Map<String, A> moment = new TreeMap<>(wanted);
                merge(moment, sidecars, sum);
                merge(peak, moment, max);
            }
        }
        merge(running, peak, max);
        return running;
    }

    private Map<String, A> amounts(
            @Nullable ResourceRequirements resources, Function<ResourceRequirements, Map<String, Quantity>> side) {
        if (resources == null) {
            return Map.of();
        }
        Map<String, Quantity> quantities = quantities(side.apply(resources));
        if (quantities.isEmpty()) {
            return Map.of();
        }
        Map<String, A> amounts = new TreeMap<>();
        quantities.forEach((name, quantity) -> amounts.put(name, read.apply(name, quantity)));
        return amounts;
    }

    private static Map<String, Quantity> quantities(@Nullable Map<String, Quantity> quantities) {
        return quantities == null ? Map.of() : quantities;
    }

    private static <A> void merge(Map<String, A> into, Map<String, A> more, BinaryOperator<A> how) {
        more.forEach((name, amount) -> into.merge(name, amount, how));
    }
}
