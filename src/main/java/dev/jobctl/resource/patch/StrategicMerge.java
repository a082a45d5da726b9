package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts a strategic merge patch into an object, or two patches into one. Takes its arguments over and changes them.
///
/// Example: containers `[a, b]` with the patch `[{name: b, image: x}, {name: c}]` become `[a, b(image x), c]`: items
/// are matched by `name`, new ones come after those that the patch places before them.
final class StrategicMerge {
    private enum Mode {
        /// The result is an object: directives are followed and gone, nulls delete.
        APPLY,
        /// The result is a patch: directives and nulls stay in it.
        COMBINE
    }

    private final Mode mode;

    private StrategicMerge(Mode mode) {
        this.mode = mode;
    }

    static StrategicMerge applying() {
        return new StrategicMerge(Mode.APPLY);
    }

    static StrategicMerge combining() {
        return new StrategicMerge(Mode.COMBINE);
    }

    ObjectNode map(ObjectNode original, ObjectNode patch, Shape shape) {
        @Nullable JsonNode directive = patch.get(Directives.PATCH);
        if (directive != null) {
            return switch (directive.asText()) {
                case "replace" -> patch.without(Directives.PATCH);
                case "delete" -> JsonNodeFactory.instance.objectNode();
                default -> throw unknown(directive, patch);
            };
        }
        retainKeys(original, patch);
        orderedLists(original, patch, shape);
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String key = entry.getKey();
            if (!key.startsWith(Directives.DELETE_FROM)) {
                entry(original, key, entry.getValue(), shape);
            } else if (mode == Mode.COMBINE) {
                original.set(key, entry.getValue());
            } else {
                deleteFrom(original, key.substring(Directives.DELETE_FROM.length()), entry.getValue());
            }
        }
        return original;
    }

    /// Removes all fields that `$retainKeys` does not name.
    private void retainKeys(ObjectNode original, ObjectNode patch) {
        @Nullable JsonNode names = patch.remove(Directives.RETAIN_KEYS);
        if (names == null) {
            return;
        }
        if (mode == Mode.COMBINE) {
            @Nullable JsonNode before = original.get(Directives.RETAIN_KEYS);
            if (before != null && !Trees.equal(before, names)) {
                throw new PatchError(500, Trees.text(before) + " and " + Trees.text(names) + " are not deep equal");
            }
            original.set(Directives.RETAIN_KEYS, names);
            return;
        }
        Set<String> retained = new HashSet<>();
        names.forEach(name -> retained.add(name.asText()));
        boolean contradicts = patch.properties().stream()
                .anyMatch(e ->
                        !e.getValue().isNull() && !Directives.parallel(e.getKey()) && !retained.contains(e.getKey()));
        if (!names.isArray() || contradicts) {
            throw new PatchError(400, "invalid patch format of retainKeys");
        }
        original.retain(retained);
    }

    /// Lists that come with `$setElementOrder`: merged here, out of the patch afterwards.
    private void orderedLists(ObjectNode original, ObjectNode patch, Shape shape) {
        List<String> keys = new ArrayList<>();
        patch.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            if (key.startsWith(Directives.ORDER)) {
                JsonNode order = patch.remove(key);
                if (mode == Mode.COMBINE) {
                    @Nullable JsonNode before = original.get(key);
                    if (before != null && !Trees.equal(before, order)) {
                        throw badOrder();
                    }
                    original.set(key, order);
                }
                orderedList(original, patch, key.substring(Directives.ORDER.length()), list(order), shape);
            }
        }
    }

    private void orderedList(ObjectNode original, ObjectNode patch, String key, List<JsonNode> order, Shape shape) {
        @Nullable JsonNode before = original.get(key);
        @Nullable JsonNode change = patch.get(key);
        List<JsonNode> serverOrder = before == null ? List.of() : List.copyOf(list(before));
        List<JsonNode> changes = change == null ? List.of() : list(change);
        Lookup lookup = Lookup.strict(shape, key);
        MergeList rules = lookup.list();
        checkOrder(rules, changes, order);
        if (before == null && change == null) {
            return;
        }
        patch.remove(key);
        JsonNode merged;
        if (change == null) {
            merged = Trees.array(serverOrder);
        } else if (before == null) {
            @Nullable JsonNode stripped = Directives.strip(change);
            merged = stripped == null ? JsonNodeFactory.instance.arrayNode() : stripped;
        } else {
            merged = mergedList(before, change, lookup);
        }
        original.set(key, rules.interleave(Trees.items(merged), order, serverOrder));
    }

    /// The items of the patch, but for deletions, must stand in the order that it asks for.
    private static void checkOrder(MergeList rules, List<JsonNode> changes, List<JsonNode> order) {
        if (order.isEmpty() || changes.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonNode change : changes) {
            if (!rules.mergeKey().isEmpty() && Directives.present(change)) {
                continue;
            }
            while (at < order.size() && !rules.key(order.get(at)).equals(rules.key(change))) {
                at++;
            }
            if (at++ >= order.size()) {
                throw new PatchError(
                        500,
                        "The order in patch list:\n" + Trees.text(Trees.array(changes))
                                + "\n doesn't match $setElementOrder list:\n" + Trees.text(Trees.array(order)) + "\n");
            }
        }
    }

    private void entry(ObjectNode original, String key, JsonNode change, Shape shape) {
        if (change.isNull()) {
            original.remove(key);
            if (mode == Mode.COMBINE) {
                original.set(key, change);
            }
            return;
        }
        @Nullable JsonNode before = original.get(key);
        if (before instanceof ObjectNode map && change instanceof ObjectNode inner) {
            original.set(key, map(map, inner, Lookup.strict(shape, key).inner()));
        } else if (before instanceof ArrayNode && change instanceof ArrayNode) {
            original.set(key, mergedList(before, change, Lookup.strict(shape, key)));
        } else {
            put(original, key, change);
        }
    }

    private void put(ObjectNode original, String key, JsonNode value) {
        if (mode == Mode.APPLY) {
            Directives.dropNulls(value);
        }
        @Nullable JsonNode stripped = Directives.strip(value);
        if (stripped == null) {
            original.remove(key);
        } else {
            original.set(key, stripped);
        }
    }

    private JsonNode mergedList(JsonNode before, JsonNode change, Lookup lookup) {
        if (!lookup.rule().merge()) {
            return change;
        }
        List<JsonNode> items = list(before);
        List<JsonNode> changes = list(change);
        if (items.isEmpty() && changes.isEmpty()) {
            return before;
        }
        MergeList rules = lookup.list();
        if (!MergeList.ofMaps(items, changes)) {
            List<JsonNode> serverOrder = List.copyOf(items);
            Set<String> known = new HashSet<>();
            items.addAll(changes);
            items.removeIf(value -> !known.add(rules.key(value)));
            return rules.interleave(items, changes, serverOrder);
        }
        if (rules.mergeKey().isEmpty()) {
            throw new PatchError(500, "cannot merge lists without merge key for " + lookup.inner());
        }
        boolean replace = followDirectives(items, changes, rules);
        if (replace) {
            return Trees.array(changes);
        }
        List<JsonNode> serverOrder = List.copyOf(items);
        for (JsonNode item : changes) {
            mergeItem(items, (ObjectNode) item, rules, lookup.inner());
        }
        return rules.interleave(items, changes, serverOrder);
    }

    /// Deletes from `items` what the patch deletes, and takes all directives out of `changes`. True when the patch
    /// replaces the list.
    private static boolean followDirectives(List<JsonNode> items, List<JsonNode> changes, MergeList rules) {
        boolean replace = false;
        List<JsonNode> plain = new ArrayList<>();
        for (JsonNode change : changes) {
            @Nullable JsonNode directive = change.get(Directives.PATCH);
            if (directive == null) {
                plain.add(change);
                continue;
            }
            switch (directive.asText()) {
                case "delete" -> {
                    String key = rules.key(change);
                    items.removeIf(item -> has(item, rules) && rules.key(item).equals(key));
                }
                case "replace" -> replace = true;
                case "merge" -> throw new PatchError(500, "merging lists cannot yet be specified in the patch");
                default -> throw unknown(directive, change);
            }
        }
        changes.clear();
        changes.addAll(plain);
        return replace;
    }

    private void mergeItem(List<JsonNode> items, ObjectNode change, MergeList rules, Shape shape) {
        String key = rules.key(change);
        for (int i = 0; i < items.size(); i++) {
            if (has(items.get(i), rules) && rules.key(items.get(i)).equals(key)) {
                items.set(i, map((ObjectNode) items.get(i), change, shape));
                return;
            }
        }
        items.add(change);
    }

    private static boolean has(JsonNode item, MergeList rules) {
        return item.has(rules.mergeKey());
    }

    private static void deleteFrom(ObjectNode original, String key, JsonNode values) {
        if (values.isNull()) {
            original.remove(key);
        } else if (original.get(key) instanceof ArrayNode list) {
            var plain = new MergeList("");
            Set<String> gone = plain.keys(list(values));
            List<JsonNode> kept = list(list);
            kept.removeIf(item -> gone.contains(plain.key(item)));
            original.set(key, Trees.array(kept));
        }
    }

    private static List<JsonNode> list(JsonNode node) {
        if (!node.isArray()) {
            throw Trees.expected(Trees.Type.LIST, node);
        }
        return Trees.items(node);
    }

    private static PatchError badOrder() {
        return new PatchError(400, "invalid patch format of setElementOrder list");
    }

    private static PatchError unknown(JsonNode directive, JsonNode map) {
        return new PatchError(500, "unknown patch type: " + directive.asText() + " in map: " + Trees.text(map));
    }
}
