package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import java.util.ArrayList;
import java.util.List;

/// A part of an object with its own path, such as `jobs/status`, as discovery tells of it.
///
/// @param apiVersion of `kind` when it is of another group than the object, else that of the object
/// @param kind what is sent or returned there
record Subresource(String name, String apiVersion, String kind, List<String> verbs) {
    /// All that are served for a kind, in the order of discovery.
    static List<Subresource> of(Kind kind) {
        List<Subresource> all = new ArrayList<>();
        if (kind.equals(Kinds.POD)) {
            all.add(new Subresource("attach", "v1", "PodAttachOptions", List.of("create", "get")));
            all.add(new Subresource("binding", "v1", "Binding", List.of("create")));
            all.add(new Subresource("eviction", "policy/v1", "Eviction", List.of("create")));
            all.add(new Subresource("exec", "v1", "PodExecOptions", List.of("create", "get")));
            all.add(new Subresource("log", "v1", "Pod", List.of("get")));
            all.add(new Subresource("portforward", "v1", "PodPortForwardOptions", List.of("create", "get")));
        }
        if (kind.equals(Kinds.NAMESPACE)) {
            all.add(new Subresource("finalize", "v1", "Namespace", List.of("update")));
        }
        if (kind.equals(Kinds.SERVICE_ACCOUNT)) {
            all.add(new Subresource("token", "authentication.k8s.io/v1", "TokenRequest", List.of("create")));
        }
        if (kind.status()) {
            all.add(new Subresource("status", kind.apiVersion(), kind.kind(), List.of("get", "patch", "update")));
        }
        return all;
    }
}
