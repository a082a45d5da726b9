package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// One served resource type: its names in the API and the class of its objects. Each is there once, in [Kinds] or
/// beside it, so two are equal when they are the same; no record, because it keeps the start of its keys, which every
/// change of an object asks for.
public final class Kind {
    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final String singular;
    private final List<String> shortNames;
    private final List<String> categories;
    private final boolean namespaced;
    private final boolean status;
    private final Class<? extends HasMetadata> type;
    private final String apiVersion;
    private final String keyPrefix;

    /// @param group API group, empty for the core group
    /// @param plural lower-case name in paths, such as `jobs`
    /// @param namespaced false for cluster-scoped kinds
    /// @param status whether it has a `status` subresource
    public Kind(
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
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.singular = singular;
        this.shortNames = List.copyOf(shortNames);
        this.categories = List.copyOf(categories);
        this.namespaced = namespaced;
        this.status = status;
        this.type = type;
        apiVersion = group.isEmpty() ? version : group + "/" + version;
        keyPrefix = (group.isEmpty() ? "core" : group) + "/" + plural + "/";
    }

    /// Empty for the core group.
    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String kind() {
        return kind;
    }

    /// Lower-case, as in paths: `jobs`.
    public String plural() {
        return plural;
    }

    public String singular() {
        return singular;
    }

    public List<String> shortNames() {
        return shortNames;
    }

    public List<String> categories() {
        return categories;
    }

    /// False for cluster-scoped kinds.
    public boolean namespaced() {
        return namespaced;
    }

    /// Whether it has a `status` subresource.
    public boolean status() {
        return status;
    }

    public Class<? extends HasMetadata> type() {
        return type;
    }

    /// `v1` or `batch/v1`, as written in manifests.
    public String apiVersion() {
        return apiVersion;
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
        return keyPrefix;
    }

    /// `batch/jobs/default/`: the same, of one namespace.
    String keyPrefix(String namespace) {
        return keyPrefix + namespace + "/";
    }

    @Override
    public String toString() {
        return qualifiedPlural();
    }
}
