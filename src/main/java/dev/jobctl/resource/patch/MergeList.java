package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists whose items are told apart by a merge key, or by themselves where they are plain values: identity and order.
///
/// @param mergeKey empty for lists of plain values
record MergeList(String mergeKey) {
    /// What tells this item apart, as text. Throws [PatchError] when the item has no merge key.
    String key(JsonNode item) {
        if (mergeKey.isEmpty()) {
            return Trees.type(item) + Trees.text(item);
        }
        JsonNode key = keyNode(item);
        return Trees.type(key) + Trees.text(key);
    }

    /// The merge key's value, or the item itself. Throws [PatchError] when the item has no merge key.
    JsonNode keyNode(JsonNode item) {
        if (mergeKey.isEmpty()) {
            return item;
        }
        if (!(item instanceof ObjectNode)) {
            throw Trees.expected(Trees.Type.MAP, item);
        }
        @Nullable JsonNode key = item.get(mergeKey);
        if (key == null) {
            throw new PatchError(500, "map: " + Trees.text(item) + " does not contain declared merge key: " + mergeKey);
        }
        return key;
    }

    Set<String> keys(Iterable<JsonNode> items) {
        Set<String> keys = new HashSet<>();
        items.forEach(item -> keys.add(key(item)));
        return keys;
    }

    /// Sorted by the text of the key; equal keys keep their order.
    List<JsonNode> sorted(JsonNode list) {
        List<JsonNode> items = Trees.items(list);
        items.sort(Comparator.comparing(item -> Trees.text(keyNode(item))));
        return items;
    }

    /// `items` as their keys stand in `order`; those to be deleted (`$patch: delete`) go to the end.
    List<JsonNode> inOrder(List<JsonNode> items, List<JsonNode> order) {
        Map<String, Integer> places = places(order);
        List<JsonNode> kept = new ArrayList<>();
        List<JsonNode> deleted = new ArrayList<>();
        for (JsonNode item : items) {
            (Directives.deletes(item) ? deleted : kept).add(item);
        }
        kept.sort(Comparator.comparing(item -> places.getOrDefault(key(item), Integer.MAX_VALUE)));
        kept.addAll(deleted);
        return kept;
    }

    /// Puts the items that the patch names (in the patch's order) and those that only the server has (in the server's)
    /// into one list. Where the server knew both, its order decides which of the two comes first; else the patch's goes
    /// first.
    ArrayNode interleave(List<JsonNode> merged, List<JsonNode> patchOrder, List<JsonNode> serverOrder) {
        Set<String> named = keys(patchOrder);
        List<JsonNode> fromPatch = new ArrayList<>();
        List<JsonNode> fromServer = new ArrayList<>();
        for (JsonNode item : merged) {
            (named.contains(key(item)) ? fromPatch : fromServer).add(item);
        }
        List<JsonNode> left = inOrder(fromServer, serverOrder);
        List<JsonNode> right = inOrder(fromPatch, patchOrder);
        Map<String, Integer> places = places(serverOrder);
        List<JsonNode> result = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            @Nullable Integer here = places.get(key(left.get(i)));
            @Nullable Integer there = places.get(key(right.get(j)));
            boolean serverFirst = here != null && there != null && here < there;
            result.add(serverFirst ? left.get(i++) : right.get(j++));
        }
        result.addAll(left.subList(i, left.size()));
        result.addAll(right.subList(j, right.size()));
        return Trees.array(result);
    }

    private Map<String, Integer> places(List<JsonNode> order) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            places.putIfAbsent(key(order.get(i)), i);
        }
        return places;
    }

    /// Whether all items are maps. Throws [PatchError] for lists of lists and for mixed lists.
    @SafeVarargs
    static boolean ofMaps(List<JsonNode>... lists) {
        @Nullable JsonNode first = null;
        for (List<JsonNode> list : lists) {
            for (JsonNode item : list) {
                if (first == null && item.isArray()) {
                    throw new PatchError(422, "lists of lists are not supported");
                } else if (first != null && Trees.type(first) != Trees.type(item)) {
                    List<JsonNode> all = new ArrayList<>();
                    for (List<JsonNode> each : lists) {
                        all.add(Trees.array(each));
                    }
                    throw new PatchError(500, "list element types are not identical: " + Trees.text(Trees.array(all)));
                }
                first = item;
            }
        }
        return first instanceof ObjectNode;
    }
}
