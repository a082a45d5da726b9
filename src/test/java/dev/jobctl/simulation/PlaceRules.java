package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where pods may be: what is told here in the order in which it happened is checked at once, each binding against
/// everything that was so at that very revision.
final class PlaceRules {
    private static final String PREEMPTED = "PreemptionByScheduler";

    private final Map<String, Node> nodes = new HashMap<>();
    /// By uid; only those that have not ended.
    private final Map<String, Pod> living = new HashMap<>();

    void node(String name, @Nullable Node now) {
        if (now == null) {
            nodes.remove(name);
        } else {
            nodes.put(name, now);
        }
    }

    void pod(@Nullable Pod before, @Nullable Pod now) {
        if (before != null) {
            living.remove(PodFacts.uid(before));
        }
        if (now != null && !PodFacts.ended(now)) {
            living.put(PodFacts.uid(now), now);
        }
        if (now == null) {
            return;
        }
        @Nullable String node = now.getSpec().getNodeName();
        if (node != null && (before == null || before.getSpec().getNodeName() == null)) {
            bound(now, node);
        }
        if (before != null && !preempted(before) && preempted(now)) {
            victim(now);
        }
    }

    private void bound(Pod pod, String name) {
        @Nullable Node node = nodes.get(name);
        Violation.unless(node != null, "a pod's node is there", "%s on %s", PodFacts.name(pod), name);
        Violation.unless(
                node == null || !Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                "no new pod on a closed node",
                "%s on %s",
                PodFacts.name(pod),
                name);
        Violation.unless(
                node == null || taints(node).findAny().isEmpty(),
                "no new pod on a tainted node",
                "%s on %s",
                PodFacts.name(pod),
                name);
        if (node != null) {
            full(pod, node);
        }
    }

    private void full(Pod pod, Node node) {
        Map<String, Quantity> most = node.getStatus().getAllocatable();
        String name = node.getMetadata().getName();
        long pods = on(name).count();
        BigDecimal cpus = on(name).map(PlaceRules::cpus).reduce(BigDecimal.ZERO, BigDecimal::add);
        Violation.unless(
                pods <= amount(most, "pods").longValue() && cpus.compareTo(amount(most, "cpu")) <= 0,
                "a node is never overfull",
                "%s makes it %s pods, %s CPUs on %s",
                PodFacts.name(pod),
                pods,
                cpus,
                name);
    }

    private Stream<Pod> on(String node) {
        return living.values().stream().filter(pod -> node.equals(pod.getSpec().getNodeName()));
    }

    /// Of its app containers; the others ask for nothing in schedules.
    private static BigDecimal cpus(Pod pod) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getResources() != null) {
                sum = sum.add(amount(container.getResources().getRequests(), "cpu"));
            }
        }
        return sum;
    }

    private static BigDecimal amount(Map<String, Quantity> amounts, String resource) {
        @Nullable Quantity found = amounts.get(resource);
        return found == null ? BigDecimal.ZERO : found.getNumericalAmount();
    }

    /// A pod makes room for more important ones only.
    private void victim(Pod victim) {
        boolean reason =
                living.values().stream().anyMatch(pod -> priority(pod) > priority(victim) && !PodFacts.deleting(pod));
        Violation.unless(reason, "only more important pods preempt", "%s", PodFacts.name(victim));
    }

    private static int priority(Pod pod) {
        return JobFacts.orZero(pod.getSpec().getPriority());
    }

    private static boolean preempted(Pod pod) {
        return pod.getStatus().getConditions().stream().anyMatch(each -> PREEMPTED.equals(each.getReason()));
    }

    /// When nobody wants anything more at this instant.
    void settled() {
        for (Node node : nodes.values()) {
            if (taints(node).anyMatch(taint -> taint.getEffect().equals("NoExecute"))) {
                on(node.getMetadata().getName())
                        .forEach(pod -> Violation.unless(
                                PodFacts.deleting(pod), "NoExecute drives pods away", "%s stays", PodFacts.name(pod)));
            }
        }
    }

    /// Those put there by hand: no pod of a schedule tolerates them.
    private static Stream<Taint> taints(Node node) {
        return node.getSpec().getTaints().stream()
                .filter(taint -> taint.getKey().equals(Hands.TAINT));
    }
}
