package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// One served resource type: its names in the API and the class of its objects.
///
/// @param group API group, empty for the core group
/// @param plural lower-case name in paths, such as `jobs`
/// @param namespaced false for cluster-scoped kinds
/// @param status whether it has a `status` subresource
public record Kind(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        boolean status,
        Class<? extends HasMetadata> type) {
    public Kind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /// `v1` or `batch/v1`, as written in manifests.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `jobs.batch` or `pods`, as written in error messages.
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `Job.batch` or `Pod`, as written in error messages about invalid objects.
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /// `batch/jobs/` or `core/pods/`: the common start of every store key of this kind.
    public String keyPrefix() {
        return (group.isEmpty() ? "core" : group) + "/" + plural + "/";
    }

    /// `batch/jobs/default/`: the same, of one namespace.
    String keyPrefix(String namespace) {
        return (group.isEmpty() ? "core" : group) + "/" + plural + "/" + namespace + "/";
    }
}
