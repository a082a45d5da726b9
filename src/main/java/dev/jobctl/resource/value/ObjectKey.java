package dev.jobctl.resource.value;

import dev.jobctl.std.Check;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where an object lives. `namespace` is empty for cluster-scoped kinds. Immutable; no record, because it keeps its
/// path once somebody has asked for it: every look-up asks.
public final class ObjectKey {
    private final Kind kind;
    private final String namespace;
    private final String name;
    /// Threads that make it at once make it equal.
    private @Nullable String path;

    public ObjectKey(Kind kind, String namespace, String name) {
        Check.that(kind.namespaced() != namespace.isEmpty(), "namespace=%s kind=%s", namespace, kind.kind());
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
    }

    /// The key of an object whose name, and namespace if it has one, are set.
    public static ObjectKey of(Kind kind, HasMetadata object) {
        String namespace = kind.namespaced() ? object.getMetadata().getNamespace() : "";
        return new ObjectKey(kind, namespace, object.getMetadata().getName());
    }

    public Kind kind() {
        return kind;
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /// The key in the store: `batch/jobs/default/pi`, `core/nodes/local`.
    public String path() {
        @Nullable String known = path;
        if (known == null) {
            known = namespace.isEmpty() ? kind.keyPrefix() + name : kind.keyPrefix(namespace) + name;
            path = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKey key
                && name.equals(key.name)
                && namespace.equals(key.namespace)
                && kind.equals(key.kind);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind.plural(), namespace, name);
    }

    @Override
    public String toString() {
        return path();
    }
}
