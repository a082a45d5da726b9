package dev.jobctl.loop;

import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rules for new pods by namespace, kept from change to change. The same object as long as nothing changes.
/// Owned by the loop's thread.
final class PodRulesIndex {
    /// By store key.
    private final TreeMap<String, LimitRange> limitRanges = new TreeMap<>();
    private final TreeMap<String, PriorityClass> priorityClasses = new TreeMap<>();
    private final TreeMap<String, ServiceAccount> accounts = new TreeMap<>();
    /// The ConfigMaps of the authority.
    private final TreeMap<String, ConfigMap> authorities = new TreeMap<>();
    private final Map<String, PodRules> made = new HashMap<>();

    PodRules of(String namespace) {
        return made.computeIfAbsent(namespace, this::make);
    }

    private PodRules make(String namespace) {
        List<LimitRange> own = of(limitRanges, Kinds.LIMIT_RANGE, namespace);
        Map<String, Boolean> mounting =
                of(authorities, Kinds.CONFIG_MAP, namespace).isEmpty()
                        ? Map.of()
                        : PodRules.mounting(of(accounts, Kinds.SERVICE_ACCOUNT, namespace));
        return new PodRules(own, List.copyOf(priorityClasses.values()), mounting);
    }

    private static <T> List<T> of(SortedMap<String, T> all, Kind kind, String namespace) {
        String prefix = kind.keyPrefix() + namespace + "/";
        return List.copyOf(all.subMap(prefix, prefix + Character.MAX_VALUE).values());
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
        } else if (any.object() instanceof ServiceAccount account) {
            put(accounts, key, after == null ? null : account);
        } else if (any.object() instanceof ConfigMap map && any.key().name().equals(AccountVolume.AUTHORITY_MAP)) {
            put(authorities, key, after == null ? null : map);
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
