package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ServiceView;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Services by namespace, kept from change to change: every change of a pod asks for them. Owned by the loop's
/// thread.
final class ServicesIndex {
    /// Namespace -> store key -> Service.
    private final Map<String, TreeMap<String, ServiceView>> known = new HashMap<>();

    /// By store key.
    Map<String, ServiceView> of(String namespace) {
        @Nullable Map<String, ServiceView> found = known.get(namespace);
        return found == null ? Map.of() : Collections.unmodifiableMap(found);
    }

    void follow(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (after != null && after.object() instanceof Service service) {
            known.computeIfAbsent(after.key().namespace(), _ -> new TreeMap<>()).put(key, ServiceView.of(service));
        } else if (before != null && before.object() instanceof Service) {
            known.computeIfPresent(before.key().namespace(), (_, services) -> {
                services.remove(key);
                return services.isEmpty() ? null : services;
            });
        }
    }
}
