package dev.jobctl.resource.value;

import dev.jobctl.std.Check;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// Where an object lives. `namespace` is empty for cluster-scoped kinds.
public record ObjectKey(Kind kind, String namespace, String name) {
    public ObjectKey {
        Check.that(kind.namespaced() != namespace.isEmpty(), "namespace=%s kind=%s", namespace, kind.kind());
    }

    /// The key of an object whose name, and namespace if it has one, are set.
    public static ObjectKey of(Kind kind, HasMetadata object) {
        String namespace = kind.namespaced() ? object.getMetadata().getNamespace() : "";
        return new ObjectKey(kind, namespace, object.getMetadata().getName());
    }

    /// The key in the store: `batch/jobs/default/pi`, `core/nodes/local`.
    public String path() {
        return namespace.isEmpty() ? kind.keyPrefix() + name : kind.keyPrefix() + namespace + "/" + name;
    }
}
