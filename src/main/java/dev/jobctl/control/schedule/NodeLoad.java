package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.HostPort;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node with what is on it.
///
/// @param used the sums of what its pods were promised, as in [PodNeeds#requests]; `pods` is how many they are
/// @param pods those placed on it that have not ended, in order of binding; may be a view, which is walked only when
///     pods of this call look at other pods
/// @param ports of the node that its pods have, and how many of them each, which is one unless they came by hand
/// @param shy how many of its pods have required anti-affinity
public record NodeLoad(
        NodeView node, Map<String, Long> used, Map<HostPort, Integer> ports, Collection<PodView> pods, int shy) {
    public static final String PODS = "pods";

    public NodeLoad {
        used = Map.copyOf(used);
        ports = Map.copyOf(ports);
    }

    /// By counting. Pods that have ended or are elsewhere do not count.
    public static NodeLoad of(NodeView node, Collection<PodView> pods) {
        List<PodView> own = pods.stream()
                .filter(pod -> node.name().equals(pod.node()) && !pod.terminal())
                .toList();
        Map<String, Long> used = new HashMap<>();
        Map<HostPort, Integer> ports = new HashMap<>();
        own.forEach(pod -> {
            add(used, pod.needs(), 1);
            addPorts(ports, pod.needs(), 1);
        });
        int shy = (int) own.stream().filter(NodeLoad::isShy).count();
        return new NodeLoad(node, used, ports, own, shy);
    }

    public static boolean isShy(PodView pod) {
        return !pod.needs().placing().far().isEmpty();
    }

    /// Adds what a pod needs, or takes it away again with sign -1.
    public static void add(Map<String, Long> used, PodNeeds needs, int sign) {
        used.merge(PODS, (long) sign, NodeLoad::sum);
        needs.requests().forEach((name, amount) -> used.merge(name, sign * amount, NodeLoad::sum));
    }

    /// Adds the node's ports that a pod wants, or takes them away again with sign -1.
    public static void addPorts(Map<HostPort, Integer> taken, PodNeeds needs, int sign) {
        for (HostPort port : needs.ports()) {
            taken.merge(port, sign, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        }
    }

    private static @Nullable Long sum(long a, long b) {
        return a + b == 0 ? null : Long.valueOf(a + b);
    }
}
