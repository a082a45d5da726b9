package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.AffinityTerm;
import dev.jobctl.resource.view.PodView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many pods of a kind are on each node. Each kind is counted once in a call, when it is first asked for, and then
/// follows what the call does. Mutable; owned by one scheduling call.
final class Tallies {
    private final List<NodeRoom> rooms;
    private final Map<String, Map<String, String>> namespaces;
    private final Map<Kind, int[]> counts = new HashMap<>();
    /// Anti-affinity term -> how many pods with it are on each node; null until asked for.
    private @Nullable Map<AffinityTerm, int[]> shy;

    /// @param namespaces the labels of each
    Tallies(List<NodeRoom> rooms, Map<String, Map<String, String>> namespaces) {
        this.rooms = rooms;
        this.namespaces = namespaces;
    }

    /// Pods that match all terms.
    ///
    /// @param staying without those that are being deleted
    record Kind(List<AffinityTerm> terms, boolean staying) {
        boolean has(PodView pod) {
            if (staying && pod.deleting()) {
                return false;
            }
            for (AffinityTerm term : terms) {
                if (!term.matches(pod)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// By the rooms' index. Read only.
    int[] of(Kind kind) {
        return counts.computeIfAbsent(kind, this::counted);
    }

    private int[] counted(Kind kind) {
        int[] found = new int[rooms.size()];
        for (NodeRoom room : rooms) {
            for (PodView pod : room.pods()) {
                if (kind.has(pod)) {
                    found[room.index()]++;
                }
            }
        }
        return found;
    }

    /// Read only.
    Map<AffinityTerm, int[]> shy() {
        if (shy == null) {
            shy = new HashMap<>();
            for (NodeRoom room : rooms) {
                for (PodView pod : room.isShy() ? room.pods() : List.<PodView>of()) {
                    addShy(pod, room, 1, shy);
                }
            }
        }
        return shy;
    }

    /// A pod came to a node, or with sign -1 left it.
    void moved(PodView pod, NodeRoom room, int sign) {
        counts.forEach((kind, found) -> {
            if (kind.has(pod)) {
                found[room.index()] += sign;
            }
        });
        if (shy != null) {
            addShy(pod, room, sign, shy);
        }
    }

    private void addShy(PodView pod, NodeRoom room, int sign, Map<AffinityTerm, int[]> to) {
        if (!NodeLoad.isShy(pod)) {
            return;
        }
        for (AffinityTerm term :
                pod.needs().placing().settled(pod.meta(), namespaces).far()) {
            to.computeIfAbsent(term, _ -> new int[rooms.size()])[room.index()] += sign;
        }
    }

    /// The counts by the values of a node label; nodes without the label do not count.
    Map<String, Integer> byValue(String topologyKey, int[] found) {
        Map<String, Integer> sums = new HashMap<>();
        for (NodeRoom room : rooms) {
            @Nullable String value = found[room.index()] == 0 ? null : room.label(topologyKey);
            if (value != null) {
                sums.merge(value, found[room.index()], Integer::sum);
            }
        }
        return sums;
    }
}
