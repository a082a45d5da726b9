package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.view.PodTotals;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/// How much of a resource pods ask for or may take. CPU in thousandths of a core, all else in units.
final class PodAmounts {
    private PodAmounts() {}

    /// `part` is `requests` or `limits`.
    static long sum(List<? extends JsonNode> pods, String part, String resource) {
        return pods.stream().mapToLong(pod -> of(pod, part, resource)).sum();
    }

    /// What the pod says as a whole, else what its containers do; and the overhead.
    static long of(JsonNode pod, String part, String resource) {
        JsonNode spec = pod.path("spec");
        JsonNode whole = spec.path("resources").path(part).path(resource);
        boolean said = !whole.isMissingNode() && PodTotals.ofPods(resource);
        long needed = said ? whole(resource, whole) : containers(spec, part, resource);
        boolean overhead = part.equals("requests") || needed > 0;
        return needed + (overhead ? whole(resource, spec.path("overhead").path(resource)) : 0);
    }

    /// The containers and sidecars together, or the most that an init container needs beside the sidecars before it.
    private static long containers(JsonNode spec, String part, String resource) {
        long together = 0;
        for (JsonNode container : spec.path("containers")) {
            together += amount(container, part, resource);
        }
        long sidecars = 0;
        long most = 0;
        for (JsonNode container : spec.path("initContainers")) {
            long amount = amount(container, part, resource);
            if (container.path("restartPolicy").asText().equals("Always")) {
                sidecars += amount;
                most = Math.max(most, sidecars);
            } else {
                most = Math.max(most, sidecars + amount);
            }
        }
        return Math.max(together + sidecars, most);
    }

    static long whole(String resource, JsonNode quantity) {
        return Quantities.whole(resource, new Quantity(Parts.text(quantity), ""));
    }

    private static long amount(JsonNode container, String part, String resource) {
        return whole(resource, container.path("resources").path(part).path(resource));
    }
}
