package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.resource.view.TaintView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out what the node controller decides about a node.
final class NodeWriter {
    private NodeWriter() {}

    static void setConditions(Change.SetNodeConditions set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.node());
        if (found == null) {
            return;
        }
        Node node = (Node) Edit.of(found).object();
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : Copies.shallow(node.getStatus());
        NodeHealth before = Views.health(found);
        List<NodeCondition> conditions = new ArrayList<>(status.getConditions());
        for (ConditionView wanted : set.conditions()) {
            NodeHealth.@Nullable Condition old = before.condition(wanted.type());
            @Nullable
            Instant heartbeat = old == null
                    ? Timestamps.parse(node.getMetadata().getCreationTimestamp())
                            .orElse(null)
                    : old.heartbeat();
            put(conditions, wanted.toNodeCondition(heartbeat));
        }
        status.setConditions(conditions);
        node.setStatus(status);
        state.put(Kinds.NODE, node);
    }

    private static void put(List<NodeCondition> conditions, NodeCondition wanted) {
        for (int i = 0; i < conditions.size(); i++) {
            if (wanted.getType().equals(conditions.get(i).getType())) {
                conditions.set(i, wanted);
                return;
            }
        }
        conditions.add(wanted);
    }

    static void setTaints(Change.SetTaints set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.node());
        if (found == null) {
            return;
        }
        Node node = (Node) Edit.of(found).object();
        NodeSpec spec = node.getSpec() == null ? new NodeSpec() : Copies.shallow(node.getSpec());
        spec.setTaints(set.taints().stream().map(TaintView::toTaint).toList());
        node.setSpec(spec);
        state.put(Kinds.NODE, node);
    }
}
