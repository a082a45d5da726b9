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
    /// Node name -> key of a taint -> when it came; without those that were there at the start.
    private final Map<String, Map<String, Instant>> came = new HashMap<>();

    /// @param now null: these are the nodes of the start
    void follow(String node, @Nullable ObjectVersion before, @Nullable ObjectVersion after, @Nullable Instant now) {
        Set<String> had = keys(before);
        Set<String> has = keys(after);
        if (had.equals(has)) {
            return;
        }
        Map<String, Instant> times = new HashMap<>(came.getOrDefault(node, Map.of()));
        times.keySet().retainAll(has);
        for (String key : has) {
            if (now != null && !had.contains(key)) {
                times.put(key, now);
            }
        }
        if (times.isEmpty()) {
            came.remove(node);
        } else {
            came.put(node, times);
        }
    }

    private static Set<String> keys(@Nullable ObjectVersion node) {
        List<TaintView> taints = node == null ? List.of() : Views.node(node).taints();
        if (taints.isEmpty()) {
            return Set.of();
        }
        Set<String> keys = new HashSet<>();
        for (TaintView taint : taints) {
            if (taint.effect().equals("NoExecute")) {
                keys.add(taint.key());
            }
        }
        return keys;
    }

    /// Since when that node has that taint. Of one that was there at the start its timeAdded is believed, if it is set
    /// and not later than the start.
    Instant since(String node, TaintView taint, Instant start) {
        @Nullable Instant seen = came.getOrDefault(node, Map.of()).get(taint.key());
        if (seen != null) {
            return seen;
        }
        return taint.since() == null || taint.since().isAfter(start) ? start : taint.since();
    }
}
