package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.List;
import java.util.Map;

/// A Node as the scheduler sees it.
///
/// @param unschedulable cordoned
/// @param ready condition Ready is True
/// @param allocatable as in [PodNeeds#requests]; `pods` is how many it takes
public record NodeView(
        MetaView meta, boolean unschedulable, boolean ready, List<TaintView> taints, Map<String, Long> allocatable) {
    public NodeView {
        taints = List.copyOf(taints);
        allocatable = Map.copyOf(allocatable);
    }

    /// From a stored Node: name and uid are set.
    public static NodeView of(Node node) {
        NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        return new NodeView(
                MetaView.of(Kinds.NODE, node),
                Holes.yes(spec.getUnschedulable()),
                Holes.list(status.getConditions()).stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus())),
                Holes.views(spec.getTaints(), TaintView::of),
                Requests.amounts(status.getAllocatable()));
    }

    public String name() {
        return meta.name();
    }
}
