package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import java.util.List;
import java.util.Optional;

/// What a path under `/api/v1` or `/apis/GROUP/VERSION` names. Parts that the path leaves out are empty.
///
/// @param namespace empty: cluster-scoped, or all namespaces
/// @param name empty: the collection
/// @param subresource such as `status`
record Target(Kind kind, String namespace, String name, String subresource) {
    /// Empty when no such resource is served.
    static Optional<Target> of(List<String> segments) {
        boolean core = segments.size() > 2 && segments.getFirst().equals("api");
        boolean grouped = segments.size() > 3 && segments.getFirst().equals("apis");
        if (!core && !grouped) {
            return Optional.empty();
        }
        String group = core ? "" : segments.get(1);
        String version = segments.get(core ? 1 : 2);
        List<String> rest = segments.subList(core ? 2 : 3, segments.size());
        if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
            String namespace = rest.get(1);
            if (namespace.isEmpty()) {
                return Optional.empty();
            }
            if (core && Kinds.byPlural(group, version, rest.get(2)).isEmpty()) {
                return below(group, version, "", rest);
            }
            return below(group, version, namespace, rest.subList(2, rest.size()))
                    .filter(t -> t.kind().namespaced());
        }
        return below(group, version, "", rest)
                .filter(t -> t.name().isEmpty() || !t.kind().namespaced());
    }

    private static Optional<Target> below(String group, String version, String namespace, List<String> rest) {
        if (rest.size() > 3) {
            return Optional.empty();
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return Kinds.byPlural(group, version, rest.getFirst())
                .map(kind -> new Target(kind, namespace, name, subresource));
    }

    boolean named() {
        return !name.isEmpty();
    }

    /// Of a named target.
    ObjectKey key() {
        return new ObjectKey(kind, namespace, name);
    }

    /// The start of the store keys of all objects in this collection.
    String prefix() {
        return namespace.isEmpty() ? kind.keyPrefix() : kind.keyPrefix() + namespace + "/";
    }
}
