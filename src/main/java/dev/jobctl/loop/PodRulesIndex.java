package dev.jobctl.loop;

import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rules for new pods by namespace, kept from change to change. The same object as long as nothing changes.
/// Owned by the loop's thread.
final class PodRulesIndex {
    /// By store key.
    private final TreeMap<String, LimitRange> limitRanges = new TreeMap<>();
    private final TreeMap<String, PriorityClass> priorityClasses = new TreeMap<>();
    private final Map<String, PodRules> made = new HashMap<>();

    PodRules of(String namespace) {
        return made.computeIfAbsent(namespace, this::make);
    }

    private PodRules make(String namespace) {
        String prefix = Kinds.LIMIT_RANGE.keyPrefix() + namespace + "/";
        List<LimitRange> own = List.copyOf(
                limitRanges.subMap(prefix, prefix + Character.MAX_VALUE).values());
        return new PodRules(own, List.copyOf(priorityClasses.values()));
    }

    void follow(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable ObjectVersion any = after == null ? before : after;
        if (any == null) {
            return;
        }
        if (any.object() instanceof LimitRange limits) {
            put(limitRanges, key, after == null ? null : limits);
        } else if (any.object() instanceof PriorityClass priority) {
            put(priorityClasses, key, after == null ? null : priority);
        }
    }

    private <T> void put(Map<String, T> known, String key, @Nullable T object) {
        made.clear();
        if (object == null) {
            known.remove(key);
        } else {
            known.put(key, object);
        }
    }
}
