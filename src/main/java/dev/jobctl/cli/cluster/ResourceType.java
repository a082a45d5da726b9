package dev.jobctl.cli.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type of objects that an API serves, as far as the command line needs it.
///
/// @param group empty for the core group
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced) {
    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /// `v1` or `batch/v1`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `jobs.batch` or `pods`.
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `job.batch/pi` or `pod/x`.
    public String label(String name) {
        return (group.isEmpty() ? singular : singular + "." + group) + "/" + name;
    }

    /// `job.batch "pi"`.
    public String quoted(String name) {
        return (group.isEmpty() ? singular : singular + "." + group) + " \"" + name + "\"";
    }

    /// The path of the collection; all namespaces when `namespace` is null.
    public String path(@Nullable String namespace) {
        String start = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespaced && namespace != null
                ? start + "/namespaces/" + namespace + "/" + plural
                : start + "/" + plural;
    }

    /// The path of one object. Throws [NameError] rather than mean all of them.
    public String path(String namespace, String name) {
        return path(namespace) + "/" + NameError.check(name);
    }

    /// Whether the user's word means this type: `jobs`, `job`, `Job`, `job.batch`, `jobs.v1.batch`, a short name.
    boolean answersTo(String word) {
        int dot = word.indexOf('.');
        String name = dot < 0 ? word : word.substring(0, dot);
        if (!name.equals(plural) && !name.equals(singular) && !shortNames.contains(name)) {
            return false;
        }
        return dot < 0 || qualifierFits(word.substring(dot + 1));
    }

    private boolean qualifierFits(String qualifier) {
        return qualifier.equals(group)
                || qualifier.equals(version + "." + group)
                || (group.isEmpty() && qualifier.equals(version));
    }
}
