package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.TaintView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When each node was first seen with each of its NoExecute taints. Their timeAdded does not tell: whoever taints a
/// node may leave it out or write what they like. Owned by the loop's thread.
final class NodeTaints {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    /// Rule POD-101: each takes the place of the other while the node stays lost, and patience goes on. A node that is
    /// not ready at 12:00:00 and silent at 12:00:50 loses its pods at 12:05:00. Both go by the name of the first.
    private static final Set<String> LOST = Set.of(NOT_READY, "node.kubernetes.io/unreachable");

    /// Node name -> name of a taint -> when it came; without those that were there at the start.
    private final Map<String, Map<String, Instant>> came = new HashMap<>();

    /// @param now null: these are the nodes of the start
    void follow(String node, @Nullable ObjectVersion before, @Nullable ObjectVersion after, @Nullable Instant now) {
        Set<String> had = names(before);
        Set<String> has = names(after);
        if (had.equals(has)) {
            return;
        }
        Map<String, Instant> times = new HashMap<>(came.getOrDefault(node, Map.of()));
        times.keySet().retainAll(has);
        for (String name : has) {
            if (now != null && !had.contains(name)) {
                times.put(name, now);
            }
        }
        if (times.isEmpty()) {
            came.remove(node);
        } else {
            came.put(node, times);
        }
    }

    private static Set<String> names(@Nullable ObjectVersion node) {
        List<TaintView> taints = node == null ? List.of() : Views.node(node).taints();
        if (taints.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (TaintView taint : taints) {
            if (taint.noExecute()) {
                names.add(name(taint));
            }
        }
        return names;
    }

    private static String name(TaintView taint) {
        return LOST.contains(taint.key()) ? NOT_READY : taint.key();
    }

    /// Since when that node has that taint. Of one that was there at the start its timeAdded is believed, if it is set
    /// and not later than the start.
    Instant since(String node, TaintView taint, Instant start) {
        @Nullable Instant seen = came.getOrDefault(node, Map.of()).get(name(taint));
        if (seen != null) {
            return seen;
        }
        return taint.since() == null || taint.since().isAfter(start) ? start : taint.since();
    }
}
