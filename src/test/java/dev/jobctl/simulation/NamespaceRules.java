package dev.jobctl.simulation;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nothing new comes into a namespace that goes, and nothing is left behind. Told in the order in which it happened.
/// What controllers remember beside the API is no content: they go on remembering until their object is gone.
final class NamespaceRules {
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final Map<String, Map<String, ObjectVersion>> contents = new HashMap<>();

    void changed(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion now) {
        @Nullable ObjectVersion any = now == null ? before : now;
        if (any == null) {
            return;
        }
        if (any.object() instanceof Namespace namespace) {
            namespace(namespace.getMetadata().getName(), now == null ? null : namespace);
        } else if (any.kind().namespaced()) {
            inside(key, before, now, any.key().namespace());
        }
    }

    private void namespace(String name, @Nullable Namespace now) {
        if (now == null) {
            namespaces.remove(name);
            Map<String, ObjectVersion> left = contents.getOrDefault(name, Map.of());
            Violation.unless(left.isEmpty(), "nothing outlives its namespace", "%s", left.keySet());
        } else {
            namespaces.put(name, now);
        }
    }

    private void inside(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion now, String namespace) {
        Map<String, ObjectVersion> all = contents.computeIfAbsent(namespace, each -> new HashMap<>());
        if (now == null) {
            all.remove(key);
            return;
        }
        all.put(key, now);
        if (before == null && Kinds.all().contains(now.kind())) {
            Violation.unless(
                    namespaces.containsKey(namespace) && !goes(namespace),
                    "nothing comes into a namespace that goes",
                    "%s",
                    key);
        }
    }

    /// Whether it is being deleted: Jobs that are left in it get no pods any more.
    boolean goes(String namespace) {
        @Nullable Namespace home = namespaces.get(namespace);
        return home != null && home.getMetadata().getDeletionTimestamp() != null;
    }
}
