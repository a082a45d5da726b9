package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Long lists in pieces, so that neither side holds all of one in a single answer.
final class Paging {
    private Paging() {}

    /// The Tables of a collection. `size` 0: in one piece.
    static List<JsonNode> tables(Cluster cluster, String path, Map<String, String> query, long size) {
        List<JsonNode> pages = new ArrayList<>();
        pages(query, size, all -> cluster.table(path, all)).forEach(pages::add);
        return pages;
    }

    /// The objects of a collection, each with apiVersion and kind, which lists leave out.
    static List<ObjectNode> objects(
            Cluster cluster, ResourceType type, @Nullable String namespace, Map<String, String> query, long size) {
        List<ObjectNode> objects = new ArrayList<>();
        for (ObjectNode page : pages(query, size, all -> cluster.list(type, namespace, all))) {
            for (JsonNode item : page.path("items")) {
                if (item instanceof ObjectNode object) {
                    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    private static List<ObjectNode> pages(
            Map<String, String> query, long size, Function<Map<String, String>, ObjectNode> read) {
        List<ObjectNode> pages = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>(query);
        if (size > 0) {
            all.put("limit", Long.toString(size));
        }
        String next;
        do {
            ObjectNode page = read.apply(all);
            pages.add(page);
            next = page.path("metadata").path("continue").asText("");
            all.put("continue", next);
        } while (!next.isEmpty());
        return pages;
    }
}
