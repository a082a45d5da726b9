package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells clients what is served: `/api`, `/apis` and below, in the old form of one document per group version and in
/// the aggregated form of one document for all. Everything follows from `Kinds.served()`.
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private static final List<String> ONE_BY_ONE =
            VERBS.stream().filter(verb -> !verb.equals("deletecollection")).toList();

    private Discovery() {}

    /// Empty when the path is none of discovery's.
    static Optional<ApiResponse> answer(Call call, List<String> path) {
        if (path.equals(List.of("api"))) {
            return Optional.of(top(call, true));
        }
        if (path.equals(List.of("apis"))) {
            return Optional.of(top(call, false));
        }
        if (path.size() == 2 && path.getFirst().equals("api")) {
            return resources("", path.get(1)).map(document -> plain(call, document));
        }
        if (path.size() == 2 && path.getFirst().equals("apis")) {
            return group(path.get(1)).map(document -> plain(call, document));
        }
        if (path.size() == 3 && path.getFirst().equals("apis") && !path.get(1).isEmpty()) {
            return resources(path.get(1), path.get(2)).map(document -> plain(call, document));
        }
        return Optional.empty();
    }

    private static ApiResponse plain(Call call, Map<String, Object> document) {
        Form.of(call);
        return Replies.document(call, "application/json", document);
    }

    private static ApiResponse top(Call call, boolean core) {
        for (MediaType clause :
                MediaType.accepted(call.request().header("accept").orElse(""))) {
            if (!clause.json()) {
                continue;
            }
            if (clause.parameter("as").isEmpty()) {
                return Replies.document(call, "application/json", core ? coreVersions() : groups());
            }
            String version = clause.parameter("v");
            boolean aggregated = clause.parameter("as").equals("APIGroupDiscoveryList")
                    && clause.parameter("g").equals("apidiscovery.k8s.io")
                    && (version.equals("v2") || version.equals("v2beta1"));
            if (aggregated) {
                String type = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
                return Replies.document(call, type, aggregated(core, version));
            }
        }
        throw ApiError.notAcceptable(Form.ACCEPTED);
    }

    private static Map<String, Object> coreVersions() {
        Map<String, Object> document = head("APIVersions", "v1");
        document.remove("apiVersion");
        document.put("versions", List.of("v1"));
        document.put("serverAddressByClientCIDRs", List.of());
        return document;
    }

    private static Map<String, Object> groups() {
        Map<String, Object> document = head("APIGroupList", "v1");
        document.put("groups", names().stream().map(Discovery::groupFacts).toList());
        return document;
    }

    private static Optional<Map<String, Object>> group(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        Map<String, Object> document = head("APIGroup", "v1");
        document.putAll(groupFacts(name));
        return Optional.of(document);
    }

    /// Named groups, without the core one, in the order of `Kinds.served()`; last the groups of reviews.
    private static List<String> names() {
        List<String> groups = Kinds.served().stream()
                .map(Kind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        groups.addAll(ReviewKind.GROUPS);
        return groups;
    }

    private static List<String> versions(String group) {
        if (ReviewKind.GROUPS.contains(group)) {
            return List.of("v1");
        }
        return Kinds.served().stream()
                .filter(kind -> kind.group().equals(group))
                .map(Kind::version)
                .distinct()
                .toList();
    }

    private static Map<String, Object> groupFacts(String name) {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (String version : versions(name)) {
            versions.add(ordered("groupVersion", name + "/" + version, "version", version));
        }
        return ordered("name", name, "versions", versions, "preferredVersion", versions.getFirst());
    }

    private static Optional<Map<String, Object>> resources(String group, String version) {
        List<Kind> kinds = kinds(group, version);
        List<ReviewKind> reviews = reviews(group, version);
        if (kinds.isEmpty() && reviews.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> document = head("APIResourceList", "v1");
        document.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Kind kind : kinds) {
            resources.add(resource(kind));
            for (Subresource part : Subresource.of(kind)) {
                resources.add(subresource(kind, part));
            }
        }
        reviews.forEach(review -> resources.add(review(review)));
        document.put("resources", resources);
        return Optional.of(document);
    }

    private static List<ReviewKind> reviews(String group, String version) {
        return version.equals("v1") ? ReviewKind.of(group) : List.of();
    }

    private static Map<String, Object> review(ReviewKind review) {
        return ordered(
                "name",
                review.plural(),
                "singularName",
                review.singular(),
                "namespaced",
                review.namespaced(),
                "kind",
                review.kind(),
                "verbs",
                List.of("create"));
    }

    private static Map<String, Object> aggregatedReview(ReviewKind review) {
        return ordered(
                "resource",
                review.plural(),
                "responseKind",
                responseKind(review.group() + "/v1", review.kind()),
                "scope",
                review.namespaced() ? "Namespaced" : "Cluster",
                "singularResource",
                review.singular(),
                "verbs",
                List.of("create"));
    }

    private static List<Kind> kinds(String group, String version) {
        return Kinds.served().stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .toList();
    }

    private static Map<String, Object> resource(Kind kind) {
        Map<String, Object> facts = ordered(
                "name",
                kind.plural(),
                "singularName",
                kind.singular(),
                "namespaced",
                kind.namespaced(),
                "kind",
                kind.kind(),
                "verbs",
                verbs(kind));
        addNames(facts, kind);
        return facts;
    }

    private static List<String> verbs(Kind kind) {
        return Kinds.deletedTogether(kind) ? VERBS : ONE_BY_ONE;
    }

    private static Map<String, Object> subresource(Kind kind, Subresource part) {
        Map<String, Object> facts =
                ordered("name", kind.plural() + "/" + part.name(), "singularName", "", "namespaced", kind.namespaced());
        if (!part.apiVersion().equals(kind.apiVersion())) {
            facts.put("group", groupOf(part.apiVersion()));
            facts.put("version", versionOf(part.apiVersion()));
        }
        facts.put("kind", part.kind());
        facts.put("verbs", part.verbs());
        return facts;
    }

    private static Map<String, Object> aggregated(boolean core, String form) {
        Map<String, Object> document = head("APIGroupDiscoveryList", "apidiscovery.k8s.io/" + form);
        document.put("metadata", Map.of());
        List<Map<String, Object>> items = new ArrayList<>();
        for (String group : core ? List.of("") : names()) {
            List<Map<String, Object>> versions = new ArrayList<>();
            for (String version : versions(group)) {
                List<Map<String, Object>> resources = new ArrayList<>();
                kinds(group, version).forEach(kind -> resources.add(aggregatedResource(kind)));
                reviews(group, version).forEach(review -> resources.add(aggregatedReview(review)));
                versions.add(ordered("version", version, "resources", resources, "freshness", "Current"));
            }
            Map<String, Object> metadata = group.isEmpty() ? Map.of() : Map.of("name", group);
            items.add(ordered("metadata", metadata, "versions", versions));
        }
        document.put("items", items);
        return document;
    }

    private static Map<String, Object> aggregatedResource(Kind kind) {
        Map<String, Object> facts = ordered(
                "resource",
                kind.plural(),
                "responseKind",
                responseKind(kind.apiVersion(), kind.kind()),
                "scope",
                kind.namespaced() ? "Namespaced" : "Cluster",
                "singularResource",
                kind.singular(),
                "verbs",
                verbs(kind));
        addNames(facts, kind);
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Subresource part : Subresource.of(kind)) {
            parts.add(ordered(
                    "subresource",
                    part.name(),
                    "responseKind",
                    responseKind(part.apiVersion(), part.kind()),
                    "verbs",
                    part.verbs()));
        }
        if (!parts.isEmpty()) {
            facts.put("subresources", parts);
        }
        return facts;
    }

    private static Map<String, Object> responseKind(String apiVersion, String kind) {
        return ordered("group", groupOf(apiVersion), "version", versionOf(apiVersion), "kind", kind);
    }

    private static void addNames(Map<String, Object> facts, Kind kind) {
        if (!kind.shortNames().isEmpty()) {
            facts.put("shortNames", kind.shortNames());
        }
        if (!kind.categories().isEmpty()) {
            facts.put("categories", kind.categories());
        }
    }

    private static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static String versionOf(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    private static Map<String, Object> head(String kind, String apiVersion) {
        return ordered("kind", kind, "apiVersion", apiVersion);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return map;
    }
}
