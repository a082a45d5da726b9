package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Node as those see it who judge whether it lives.
///
/// @param inProcess annotation [#HEARTBEAT] says that it runs in the control plane's own process
/// @param unschedulable cordoned
public record NodeHealth(
        MetaView meta, boolean inProcess, boolean unschedulable, List<Condition> conditions, List<TaintView> taints) {
    /// On a node that lives and dies with the control plane, so that it need not report that it is there: value
    /// [#IN_PROCESS]. Any other node is judged by its Lease and its conditions.
    public static final String HEARTBEAT = "jobctl.dev/heartbeat";

    public static final String IN_PROCESS = "process";
    public static final String READY = "Ready";

    public NodeHealth {
        conditions = List.copyOf(conditions);
        taints = List.copyOf(taints);
    }

    /// What the node said about itself, or the control plane in its place.
    ///
    /// @param status `True`, `False` or `Unknown`
    /// @param heartbeat when the node last said so, null for never
    /// @param since when the status last changed, null for unknown
    public record Condition(
            String type,
            String status,
            @Nullable Instant heartbeat,
            @Nullable Instant since) {
        static Condition of(NodeCondition condition) {
            return new Condition(
                    Holes.text(condition.getType()),
                    Holes.text(condition.getStatus()),
                    Times.read(condition.getLastHeartbeatTime()),
                    Times.read(condition.getLastTransitionTime()));
        }
    }

    /// From a stored Node: name and uid are set.
    public static NodeHealth of(Node node) {
        NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        return new NodeHealth(
                MetaView.of(Kinds.NODE, node),
                IN_PROCESS.equals(Holes.map(node.getMetadata().getAnnotations()).get(HEARTBEAT)),
                Holes.yes(spec.getUnschedulable()),
                Holes.views(status.getConditions(), Condition::of),
                Holes.views(spec.getTaints(), TaintView::of));
    }

    public ObjectRef ref() {
        return meta.ref();
    }

    public String name() {
        return meta.name();
    }

    /// The condition of that type, null for none.
    public @Nullable Condition condition(String type) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /// Whether the condition of that type has that status.
    public boolean is(String type, String status) {
        @Nullable Condition found = condition(type);
        return found != null && found.status().equals(status);
    }
}
