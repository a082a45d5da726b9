package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.MergeRule;
import dev.jobctl.resource.schema.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The strategic merge patch that leads from one object to another.
///
/// @param additions tell what is new or different
/// @param removals tell what is gone
record StrategicDiff(boolean additions, boolean removals) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static StrategicDiff everything() {
        return new StrategicDiff(true, true);
    }

    static StrategicDiff changes() {
        return new StrategicDiff(true, false);
    }

    static StrategicDiff deletions() {
        return new StrategicDiff(false, true);
    }

    ObjectNode maps(ObjectNode original, ObjectNode modified, Shape shape) {
        return maps(original, modified, shape, false);
    }

    private ObjectNode maps(ObjectNode original, ObjectNode modified, Shape shape, boolean retainKeys) {
        ObjectNode patch = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : modified.properties()) {
            String key = entry.getKey();
            @Nullable JsonNode before = original.get(key);
            JsonNode after = entry.getValue();
            if (before instanceof ObjectNode one && after instanceof ObjectNode two) {
                Lookup lookup = Lookup.lenient(shape, key);
                ObjectNode inner = maps(one, two, lookup.inner(), lookup.rule().retainKeys());
                if (!inner.isEmpty()) {
                    patch.set(key, inner);
                }
            } else if (before instanceof ArrayNode && after instanceof ArrayNode) {
                lists(key, before, after, patch, Lookup.lenient(shape, key));
            } else if (additions && (before == null || !Trees.equal(before, after))) {
                patch.set(key, after);
            }
        }
        Set<String> gone = new LinkedHashSet<>();
        original.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !modified.has(key))
                .forEach(gone::add);
        if (removals) {
            gone.forEach(patch::putNull);
        }
        if (retainKeys) {
            retain(original, modified, patch, gone);
        }
        return patch;
    }

    /// `$retainKeys` with all fields of the new version, where anything changes.
    private static void retain(ObjectNode original, ObjectNode modified, ObjectNode patch, Set<String> gone) {
        Set<String> kept = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : modified.properties()) {
            if (!entry.getValue().isNull()) {
                kept.add(entry.getKey());
            }
        }
        boolean less = gone.stream().anyMatch(key -> !original.path(key).isNull());
        if (!kept.isEmpty() && (!patch.isEmpty() || less)) {
            ArrayNode names = patch.putArray(Directives.RETAIN_KEYS);
            kept.forEach(names::add);
        }
    }

    private void lists(String key, JsonNode before, JsonNode after, ObjectNode patch, Lookup lookup) {
        MergeRule rule = lookup.rule();
        if (!rule.merge()) {
            if (additions && !Trees.equal(before, after)) {
                patch.set(key, after);
            }
            return;
        }
        List<JsonNode> original = Trees.items(before);
        List<JsonNode> modified = Trees.items(after);
        if (original.isEmpty()) {
            if (additions && !modified.isEmpty()) {
                patch.set(key, after);
            }
        } else if (MergeList.ofMaps(original, modified)) {
            mapLists(key, original, modified, patch, lookup);
        } else {
            plainLists(key, original, modified, patch, lookup.list());
        }
    }

    private void mapLists(
            String key, List<JsonNode> original, List<JsonNode> modified, ObjectNode patch, Lookup lookup) {
        MergeList rules = lookup.list();
        List<JsonNode> deletions = new ArrayList<>();
        List<JsonNode> changes = rules.inOrder(items(original, modified, lookup, deletions), modified);
        changes.addAll(deletions);
        if (!changes.isEmpty()) {
            patch.set(key, Trees.array(changes));
        }
        boolean reordered = additions && !keyTexts(original, rules).equals(keyTexts(modified, rules));
        if (!modified.isEmpty() && (!changes.isEmpty() || reordered)) {
            ArrayNode order = patch.putArray(Directives.ORDER + key);
            modified.forEach(item -> order.addObject().set(rules.mergeKey(), rules.keyNode(item)));
        }
    }

    /// Walks both lists by key; returns what changed or is new, and adds to `deletions` what is gone.
    private List<JsonNode> items(
            List<JsonNode> original, List<JsonNode> modified, Lookup lookup, List<JsonNode> deletions) {
        MergeList rules = lookup.list();
        List<JsonNode> one = rules.sorted(Trees.array(original));
        List<JsonNode> two = rules.sorted(Trees.array(modified));
        List<JsonNode> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < two.size()) {
            int side = i == one.size()
                    ? 1
                    : j == two.size() ? -1 : text(one.get(i), rules).compareTo(text(two.get(j), rules));
            if (side == 0) {
                ObjectNode inner = maps(
                        (ObjectNode) one.get(i),
                        (ObjectNode) two.get(j),
                        lookup.inner(),
                        lookup.rule().retainKeys());
                if (!inner.isEmpty()) {
                    inner.set(rules.mergeKey(), rules.keyNode(two.get(j)));
                    changes.add(inner);
                }
                i++;
                j++;
            } else if (side > 0) {
                if (additions) {
                    changes.add(two.get(j));
                }
                j++;
            } else {
                if (removals) {
                    ObjectNode deletion = NODES.objectNode().put(Directives.PATCH, "delete");
                    deletions.add(deletion.set(rules.mergeKey(), rules.keyNode(one.get(i))));
                }
                i++;
            }
        }
        return changes;
    }

    private void plainLists(
            String key, List<JsonNode> original, List<JsonNode> modified, ObjectNode patch, MergeList rules) {
        Set<String> before = rules.keys(original);
        Set<String> after = rules.keys(modified);
        List<JsonNode> added = modified.stream()
                .filter(value -> additions && !before.contains(rules.key(value)))
                .toList();
        List<JsonNode> removed = rules.sorted(Trees.array(original)).stream()
                .filter(value -> removals && !after.contains(rules.key(value)))
                .distinct()
                .toList();
        if (!added.isEmpty()) {
            patch.set(key, Trees.array(added));
        }
        if (!removed.isEmpty()) {
            patch.set(Directives.DELETE_FROM + key, Trees.array(removed));
        }
        boolean different =
                !removed.isEmpty() || (additions && !Trees.equal(Trees.array(original), Trees.array(modified)));
        if (different && !modified.isEmpty()) {
            patch.set(Directives.ORDER + key, Trees.array(modified));
        }
    }

    private static String text(JsonNode item, MergeList rules) {
        return Trees.text(rules.keyNode(item));
    }

    private static List<String> keyTexts(List<JsonNode> items, MergeList rules) {
        return items.stream().map(rules::key).toList();
    }
}
