package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the type that a user's word or an object's kind means: what everybody knows first, then the server's own
/// discovery, which is read at most once per command.
public final class ResourceTypes {
    private final Cluster cluster;
    private @Nullable List<ResourceType> discovered;

    ResourceTypes(Cluster cluster) {
        this.cluster = cluster;
    }

    /// By a word such as `jobs`, `job.batch`, `cj`.
    public Optional<ResourceType> byWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return firstOf(KnownTypes.all(), lower).or(() -> firstOf(discovered(), lower));
    }

    /// By an object's `apiVersion` and `kind`.
    public Optional<ResourceType> byKind(String apiVersion, String kind) {
        return kindIn(KnownTypes.all(), apiVersion, kind).or(() -> kindIn(discovered(), apiVersion, kind));
    }

    /// All types of a category such as `all`; empty when there is no such category.
    public List<ResourceType> category(String word) {
        return word.equals("all")
                ? discovered().stream()
                        .filter(t -> t.categories().contains(word))
                        .toList()
                : List.of();
    }

    /// Everything that the server serves, in its own order: core first.
    public List<ResourceType> discovered() {
        List<ResourceType> known = discovered;
        if (known == null) {
            known = discover();
            discovered = known;
        }
        return known;
    }

    private static Optional<ResourceType> firstOf(List<ResourceType> types, String word) {
        return types.stream().filter(t -> t.answersTo(word)).findFirst();
    }

    private static Optional<ResourceType> kindIn(List<ResourceType> types, String apiVersion, String kind) {
        return types.stream()
                .filter(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(kind))
                .findFirst();
    }

    private List<ResourceType> discover() {
        List<ResourceType> found = new ArrayList<>();
        readGroup("/api/v1", "", "v1", found);
        for (JsonNode group : cluster.read("/apis").path("groups")) {
            String name = group.path("name").asText();
            String version = group.path("preferredVersion").path("version").asText();
            readGroup("/apis/" + name + "/" + version, name, version, found);
        }
        return found;
    }

    private void readGroup(String path, String group, String version, List<ResourceType> found) {
        JsonNode list;
        try {
            list = cluster.read(path);
        } catch (ApiError e) {
            return; // a group whose server is away (an aggregated API) must not hide the others
        }
        for (JsonNode entry : list.path("resources")) {
            String plural = entry.path("name").asText();
            if (!plural.contains("/")) {
                found.add(type(group, version, plural, entry));
            }
        }
    }

    private static ResourceType type(String group, String version, String plural, JsonNode entry) {
        String kind = entry.path("kind").asText();
        String singular = entry.path("singularName").asText("");
        return new ResourceType(
                group,
                version,
                kind,
                plural,
                singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular,
                texts(entry.path("shortNames")),
                texts(entry.path("categories")),
                entry.path("namespaced").asBoolean());
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(text -> all.add(text.asText()));
        return all;
    }
}
