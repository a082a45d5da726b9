package dev.jobctl.simulate;

import dev.jobctl.node.HostFacts;
import dev.jobctl.node.NodeObject;
import dev.jobctl.node.simulated.SimulatedNode;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.view.NodeHealth;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A simulated node and its Node object. Its heartbeats are not written one by one: while it lives, an annotation says
/// so; when it falls silent, the last heartbeat that it would have sent is written down.
final class WorldNode {
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final SimulatedNode node;
    private final HostFacts capacity;
    private final Instant born;

    WorldNode(SimulatedNode node, HostFacts capacity, Instant born) {
        this.node = node;
        this.capacity = capacity;
        this.born = born;
    }

    SimulatedNode node() {
        return node;
    }

    String name() {
        return node.name();
    }

    Node object(Instant now) {
        Node object = NodeObject.of(node.name(), node.address(), capacity, "simulated", now);
        beats(object, true);
        return object;
    }

    /// Changes `object` to what is known of the node once it has fallen silent.
    void fallSilent(Node object, Instant now) {
        beats(object, false);
        long beats = Duration.between(born, now).dividedBy(BEAT);
        String last = Timestamps.print(born.plus(BEAT.multipliedBy(Math.max(0, beats))));
        for (NodeCondition condition : object.getStatus().getConditions()) {
            condition.setLastHeartbeatTime(last);
        }
    }

    /// Changes `object` to what the node says when it is back.
    void speak(Node object, Instant now) {
        beats(object, true);
        Node fresh = object(now);
        for (NodeCondition condition : fresh.getStatus().getConditions()) {
            object.getStatus().getConditions().stream()
                    .filter(old -> old.getType().equals(condition.getType())
                            && old.getStatus().equals(condition.getStatus()))
                    .forEach(old -> condition.setLastTransitionTime(old.getLastTransitionTime()));
        }
        object.getStatus().setConditions(fresh.getStatus().getConditions());
    }

    /// Changes `object` to what a node says that shuts down: the scheduler passes it by.
    static void closing(Node object, Instant now) {
        for (NodeCondition condition : object.getStatus().getConditions()) {
            if (condition.getType().equals("Ready")) {
                condition.setStatus("False");
                condition.setReason("KubeletNotReady");
                condition.setMessage("node is shutting down");
                condition.setLastTransitionTime(Timestamps.print(now));
            }
        }
    }

    private static void beats(Node object, boolean lives) {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.remove(NodeHealth.HEARTBEAT);
        if (lives) {
            annotations.put(NodeHealth.HEARTBEAT, NodeHealth.IN_PROCESS);
        }
        object.getMetadata().setAnnotations(annotations);
    }
}
