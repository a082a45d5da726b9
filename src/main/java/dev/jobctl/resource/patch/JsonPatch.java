package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON patch, RFC 6902, with the ways of the library that the real server uses: negative indexes count from the end,
/// and the first operation that fails ends it all.
final class JsonPatch {
    /// As the server; a longer patch is refused before anything is done.
    private static final int MOST_OPERATIONS = 10_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonNode document;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /// Takes the tree over.
    static JsonNode apply(JsonNode tree, JsonNode patch) {
        if (!patch.isArray()) {
            throw new PatchError(
                    400, "json: cannot unmarshal " + goName(patch) + " into Go value of type jsonpatch.Patch");
        } else if (patch.size() > MOST_OPERATIONS) {
            throw new PatchError(
                    413,
                    "The allowed maximum operations in a JSON patch is " + MOST_OPERATIONS + ", got " + patch.size());
        }
        var running = new JsonPatch(tree);
        patch.forEach(running::step);
        return running.document;
    }

    private void step(JsonNode operation) {
        if (!operation.isObject()) {
            throw new PatchError(
                    400, "json: cannot unmarshal " + goName(operation) + " into Go value of type jsonpatch.Operation");
        }
        String path = text(operation, "path");
        switch (operation.path("op").asText()) {
            case "add" -> add(path, value(operation), "add");
            case "replace" -> replace(path, value(operation));
            case "remove" -> remove(path);
            case "move" -> {
                String from = text(operation, "from");
                JsonNode moved = find(from, "move");
                take(from, "move");
                add(path, moved, "move");
            }
            case "copy" -> add(path, find(text(operation, "from"), "copy").deepCopy(), "copy");
            case "test" -> test(path, value(operation));
            default ->
                throw new PatchError(422, "Unexpected kind: " + operation.path("op").asText("unknown"));
        }
    }

    private void add(String path, JsonNode value, String verb) {
        if (path.isEmpty()) {
            document = value;
            return;
        }
        JsonNode parent = parent(path, verb);
        String last = last(path);
        if (parent instanceof ObjectNode map) {
            map.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            list.insert(last.equals("-") ? list.size() : index(list, last, list.size(), verb, path), value);
        } else {
            throw missing(verb, path);
        }
    }

    private void replace(String path, JsonNode value) {
        if (path.isEmpty()) {
            document = value;
            return;
        }
        JsonNode parent = parent(path, "replace");
        String last = last(path);
        if (parent instanceof ObjectNode map && map.has(last)) {
            map.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            list.set(index(list, last, list.size() - 1, "replace", path), value);
        } else {
            throw new PatchError(422, "replace operation does not apply: doc is missing key: " + path + ": missing value");
        }
    }

    private void remove(String path) {
        take(path, "remove");
    }

    private void take(String path, String verb) {
        JsonNode parent = parent(path, verb);
        String last = last(path);
        if (parent instanceof ArrayNode list) {
            list.remove(index(list, last, list.size() - 1, verb, path));
        } else if (!(parent instanceof ObjectNode map) || map.remove(last) == null) {
            throw new PatchError(
                    422, "error in " + verb + " for path: '" + path + "': Unable to remove nonexistent key: " + last
                            + ": missing value");
        }
    }

    private void test(String path, JsonNode value) {
        @Nullable JsonNode found = document;
        if (!path.isEmpty()) {
            JsonNode parent = parent(path, "test");
            String last = last(path);
            found = parent instanceof ArrayNode list ? list.get(index(list, last, list.size() - 1, "test", path)) : parent.get(last);
        }
        boolean same = found == null ? value.isNull() : Trees.equal(found, value);
        if (!same) {
            throw new PatchError(422, "testing value " + path + " failed: test failed");
        }
    }

    private JsonNode find(String path, String verb) {
        if (path.isEmpty()) {
            return document;
        }
        JsonNode parent = parent(path, verb);
        String last = last(path);
        @Nullable JsonNode found = parent instanceof ArrayNode list
                ? list.get(index(list, last, list.size() - 1, verb, path))
                : parent.get(last);
        if (found == null) {
            throw new PatchError(
                    422, "error in " + verb + " for path: '" + path + "': missing value");
        }
        return found;
    }

    /// The container that the last part of the path is in.
    private JsonNode parent(String path, String verb) {
        JsonNode at = document;
        List<String> parts = parts(path);
        for (String part : parts.subList(0, parts.size() - 1)) {
            @Nullable JsonNode next = at instanceof ArrayNode list
                    ? list.get(index(list, part, list.size() - 1, verb, path))
                    : at.get(part);
            if (next == null) {
                throw missing(verb, path);
            }
            at = next;
        }
        return at;
    }

    private static int index(ArrayNode list, String part, int last, String verb, String path) {
        int index;
        try {
            index = Integer.parseInt(part);
        } catch (NumberFormatException _) {
            throw new PatchError(
                    422,
                    verb + " operation does not apply: doc is missing path: " + path + ": strconv.Atoi: parsing \""
                            + part + "\": invalid syntax");
        }
        int from = index < 0 ? index + last + 1 : index;
        if (from < 0 || from > last) {
            throw new PatchError(
                    422,
                    "error in " + verb + " for path: '" + path + "': Unable to access invalid index: " + index
                            + ": invalid index referenced");
        }
        return from;
    }

    private static List<String> parts(String path) {
        if (!path.startsWith("/")) {
            throw missing("patch", path);
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts;
    }

    private static String last(String path) {
        return parts(path).getLast();
    }

    private static String text(JsonNode operation, String name) {
        @Nullable JsonNode value = operation.get(name);
        if (value == null || !value.isTextual()) {
            throw new PatchError(422, "unable to find: missing " + name);
        }
        return value.textValue();
    }

    private static JsonNode value(JsonNode operation) {
        @Nullable JsonNode value = operation.get("value");
        return value == null ? NODES.nullNode() : value.deepCopy();
    }

    private static PatchError missing(String verb, String path) {
        return new PatchError(
                422, verb + " operation does not apply: doc is missing path: \"" + path + "\": missing value");
    }

    private static String goName(JsonNode node) {
        return switch (Trees.type(node)) {
            case MAP -> "object";
            case LIST -> "array";
            case TEXT -> "string";
            case INTEGER, FLOAT -> "number";
            case BOOL -> "bool";
            case NULL -> "null";
        };
    }
}
