package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.TaintView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A node and what is already promised to pods on it. Mutable; owned by one scheduling call.
final class NodeRoom {
    private static final String PODS = "pods";
    private static final String TOO_MANY = "Too many pods";
    private static final TaintView UNSCHEDULABLE =
            new TaintView("node.kubernetes.io/unschedulable", "", "NoSchedule", null);

    private final NodeView node;
    private final Map<String, Long> used = new HashMap<>();

    NodeRoom(NodeView node) {
        this.node = node;
    }

    NodeView node() {
        return node;
    }

    void take(PodNeeds needs) {
        used.merge(PODS, 1L, Long::sum);
        needs.requests().forEach((name, amount) -> used.merge(name, amount, Long::sum));
    }

    /// The part of its CPU and memory that would be taken with this pod: the scheduler prefers the emptiest node.
    double load(PodNeeds needs) {
        return (share("cpu", needs) + share("memory", needs) + share(PODS, needs)) / 3;
    }

    private double share(String name, PodNeeds needs) {
        long allocatable = node.allocatable().getOrDefault(name, 0L);
        long wanted = used.getOrDefault(name, 0L) + needs.requests().getOrDefault(name, 0L);
        return allocatable == 0 ? 0 : (double) wanted / allocatable;
    }

    /// Rule SCH-003: why this pod cannot run here, in the scheduler's own words; empty when it can. The order is that
    /// of the
    /// scheduler's filters; only the first that refuses speaks, except that each scarce resource is named.
    List<String> refusals(PodNeeds needs) {
        if (node.unschedulable() && !tolerates(needs, UNSCHEDULABLE)) {
            return List.of("node(s) were unschedulable");
        }
        for (TaintView taint : node.taints()) {
            boolean hard = !taint.effect().equals("PreferNoSchedule");
            if (hard && !tolerates(needs, taint)) {
                return List.of("node(s) had untolerated taint " + taint);
            }
        }
        if (!node.ready() && node.taints().isEmpty()) {
            return List.of("node(s) were not ready");
        }
        if (!selected(needs)) {
            return List.of("node(s) didn't match Pod's node affinity/selector");
        }
        return scarce(needs);
    }

    private static boolean tolerates(PodNeeds needs, TaintView taint) {
        return needs.tolerations().stream().anyMatch(toleration -> toleration.tolerates(taint));
    }

    /// Rule SCH-004: nodeSelector, and one of the required node affinity's terms.
    private boolean selected(PodNeeds needs) {
        Map<String, String> labels = node.meta().labels();
        boolean selector = needs.nodeSelector().entrySet().stream()
                .allMatch(wish -> wish.getValue().equals(labels.get(wish.getKey())));
        return selector
                && (needs.nodeTerms().isEmpty()
                        || needs.nodeTerms().stream().anyMatch(term -> term.matches(node.name(), labels)));
    }

    /// Whether a refusal is about room that other pods hold.
    static boolean isScarcity(String refusal) {
        return refusal.startsWith("Insufficient ") || refusal.equals(TOO_MANY);
    }

    /// Rule SCH-005: requests against what the node has, less what its pods were promised.
    private List<String> scarce(PodNeeds needs) {
        long pods = node.allocatable().getOrDefault(PODS, Long.MAX_VALUE);
        if (used.getOrDefault(PODS, 0L) + 1 > pods) {
            return List.of(TOO_MANY);
        }
        return new TreeMap<>(needs.requests())
                .entrySet().stream()
                        .filter(wish -> wish.getValue() > free(wish.getKey()))
                        .map(wish -> "Insufficient " + wish.getKey())
                        .toList();
    }

    /// Nothing is known of a resource that the node does not list: it has none of it.
    private long free(String resource) {
        return node.allocatable().getOrDefault(resource, 0L) - used.getOrDefault(resource, 0L);
    }
}
