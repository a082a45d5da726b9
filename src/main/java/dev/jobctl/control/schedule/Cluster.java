package dev.jobctl.control.schedule;

import dev.jobctl.resource.value.LabelSelector.Operator;
import dev.jobctl.resource.value.LabelSelector.Requirement;
import dev.jobctl.resource.view.NodeTerm;
import dev.jobctl.resource.view.PodPlacing;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All nodes as one scheduling call sees and changes them. Mutable; owned by that call.
final class Cluster {
    private final List<NodeRoom> rooms = new ArrayList<>();
    private final Map<String, NodeRoom> byName = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces;
    private final Tallies tallies;
    private final boolean softTaints;
    /// Whether some pod on some node wants to be far from others.
    private boolean anyShy;

    /// @param namespaces the labels of each
    Cluster(List<NodeLoad> nodes, Map<String, Map<String, String>> namespaces) {
        this.namespaces = namespaces;
        tallies = new Tallies(rooms, namespaces);
        for (NodeLoad load : nodes) {
            NodeRoom room = new NodeRoom(load, rooms.size());
            rooms.add(room);
            byName.put(room.name(), room);
            anyShy |= room.isShy();
        }
        softTaints = rooms.stream()
                .flatMap(room -> room.node().taints().stream())
                .map(TaintView::effect)
                .anyMatch("PreferNoSchedule"::equals);
    }

    List<NodeRoom> rooms() {
        return rooms;
    }

    Tallies tallies() {
        return tallies;
    }

    boolean softTaints() {
        return softTaints;
    }

    @Nullable
    NodeRoom room(String name) {
        return byName.get(name);
    }

    void bind(PodView pod, NodeRoom room) {
        room.bind(pod);
        anyShy |= NodeLoad.isShy(pod);
        tallies.moved(pod, room, 1);
    }

    /// Whether other pods have a say in where this one goes.
    boolean looksAtPods(PodView pod) {
        PodPlacing placing = pod.needs().placing();
        return anyShy
                || !placing.near().isEmpty()
                || !placing.far().isEmpty()
                || !placing.spreads().isEmpty();
    }

    /// What the pod wishes about other pods, filled in.
    PodPlacing placing(PodView pod) {
        return pod.needs().placing().settled(pod.meta(), namespaces);
    }

    @Nullable
    Company company(PodView pod) {
        return looksAtPods(pod) ? new Company(pod, placing(pod), rooms, tallies) : null;
    }

    /// Null: the node takes the pod.
    static @Nullable Verdict refusal(PodView pod, NodeRoom room, @Nullable Company company) {
        @Nullable Verdict own = room.refusal(pod.needs());
        return own != null || company == null ? own : company.refusal(room);
    }

    /// Rule SCH-013: the nodes that required affinity names by metadata.name; null for no such wish. Empty: the terms
    /// contradict themselves.
    static @Nullable Set<String> named(PodView pod) {
        Set<String> names = new HashSet<>();
        for (NodeTerm term : pod.needs().nodeTerms()) {
            @Nullable Set<String> own = null;
            for (Requirement each : term.fields().requirements()) {
                if (each.operator() == Operator.In && each.key().equals("metadata.name")) {
                    if (own == null) {
                        own = new HashSet<>(each.values());
                    } else {
                        own.retainAll(each.values());
                    }
                }
            }
            if (own == null) {
                return null;
            }
            names.addAll(own);
        }
        return pod.needs().nodeTerms().isEmpty() ? null : names;
    }
}
