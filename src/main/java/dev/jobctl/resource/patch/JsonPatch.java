package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jobctl.resource.patch.Spot.Fault;
import org.jspecify.annotations.Nullable;

/// JSON patch, RFC 6902, with the ways and the words of the library that the real server uses: negative indexes count
/// from the end, `replace` of a missing field sets it, `copy` of one gives null, and the first operation that fails
/// ends it all.
final class JsonPatch {
    /// As the server; a longer patch is refused before anything is done.
    private static final int MOST_OPERATIONS = 10_000;

    /// As the server: what all copies of one patch may add, in characters; a copy of a copy doubles.
    private static final long MOST_COPIED = 3 * 1024 * 1024;

    private static final String MISSING = ": missing value";

    private JsonNode document;
    private long copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /// Takes the tree over.
    static JsonNode apply(JsonNode tree, JsonNode patch) {
        if (!patch.isArray()) {
            throw notA(patch, "Patch");
        } else if (patch.size() > MOST_OPERATIONS) {
            throw new PatchError(
                    413,
                    "The allowed maximum operations in a JSON patch is " + MOST_OPERATIONS + ", got " + patch.size());
        }
        var running = new JsonPatch(tree);
        for (JsonNode operation : patch) {
            if (!operation.isObject()) {
                throw notA(operation, "Operation");
            }
        }
        patch.forEach(running::step);
        return running.document;
    }

    private void step(JsonNode operation) {
        String verb = operation.path("op").asText("unknown");
        switch (verb) {
            case "add" -> add(text(operation, verb, "path"), value(operation));
            case "replace" -> replace(text(operation, verb, "path"), value(operation));
            case "remove" -> remove(text(operation, verb, "path"));
            case "move" -> move(text(operation, verb, "from"), text(operation, verb, "path"));
            case "copy" -> copy(text(operation, verb, "from"), text(operation, verb, "path"));
            case "test" -> test(text(operation, verb, "path"), value(operation));
            default -> throw refused("Unexpected kind: " + (verb.isEmpty() ? "unknown" : verb));
        }
    }

    private void add(String path, JsonNode value) {
        @Nullable Spot spot = Spot.find(document, path);
        if (spot == null) {
            throw refused("add operation does not apply: doc is missing path: \"" + path + "\"" + MISSING);
        }
        spot.add(value).ifPresent(fault -> fail("add", path, fault));
    }

    private void remove(String path) {
        @Nullable Spot spot = Spot.find(document, path);
        if (spot == null) {
            throw refused("remove operation does not apply: doc is missing path: \"" + path + "\"" + MISSING);
        }
        spot.remove().ifPresent(fault -> fail("remove", path, fault));
    }

    private void replace(String path, JsonNode value) {
        if (path.isEmpty()) {
            document = value;
            return;
        }
        @Nullable Spot spot = Spot.find(document, path);
        if (spot == null) {
            throw refused("replace operation does not apply: doc is missing path: " + path + MISSING);
        } else if (spot.fault().isPresent()) {
            throw refused("replace operation does not apply: doc is missing key: " + path + MISSING);
        }
        spot.set(value);
    }

    private void move(String from, String path) {
        @Nullable Spot source = Spot.find(document, from);
        if (source == null) {
            throw refused("move operation does not apply: doc is missing from path: " + from + MISSING);
        }
        source.fault().ifPresent(fault -> fail("move", source.key(), fault));
        JsonNode value = source.get();
        source.remove().ifPresent(fault -> fail("move", source.key(), fault));
        put("move", path, value);
    }

    private void copy(String from, String path) {
        @Nullable Spot source = Spot.find(document, from);
        if (source == null) {
            throw refused("copy operation does not apply: doc is missing from path: " + from + MISSING);
        }
        source.fault().ifPresent(fault -> fail("copy", source.key(), fault));
        copied += source.get().toString().length();
        if (copied > MOST_COPIED) {
            throw refused("Unable to complete the copy, the accumulated size increase of copy is " + copied
                    + ", exceeding the limit " + MOST_COPIED);
        }
        put("copy", path, source.get().deepCopy());
    }

    private void put(String verb, String path, JsonNode value) {
        @Nullable Spot target = Spot.find(document, path);
        if (target == null) {
            throw refused(verb + " operation does not apply: doc is missing destination path: " + path + MISSING);
        }
        target.add(value).ifPresent(fault -> fail(verb, path, fault));
    }

    private void test(String path, JsonNode value) {
        JsonNode found = document;
        if (!path.isEmpty()) {
            @Nullable Spot spot = Spot.find(document, path);
            if (spot == null) {
                throw refused("test operation does not apply: is missing path: " + path + MISSING);
            }
            spot.fault().ifPresent(fault -> fail("test", path, fault));
            found = spot.get();
        }
        if (!Trees.equal(found, value)) {
            throw refused("testing value " + path + " failed: test failed");
        }
    }

    private static String text(JsonNode operation, String verb, String name) {
        @Nullable JsonNode value = operation.get(name);
        if (value == null || !value.isTextual()) {
            throw refused(verb + " operation failed to decode " + name + MISSING);
        }
        return value.textValue();
    }

    private static JsonNode value(JsonNode operation) {
        @Nullable JsonNode value = operation.get("value");
        return value == null ? JsonNodeFactory.instance.nullNode() : value.deepCopy();
    }

    private static void fail(String verb, String path, Fault fault) {
        throw refused("error in " + verb + " for path: '" + path + "': " + fault.text());
    }

    private static PatchError refused(String message) {
        return new PatchError(422, message);
    }

    private static PatchError notA(JsonNode node, String type) {
        String found = switch (Trees.type(node)) {
            case MAP -> "object";
            case LIST -> "array";
            case TEXT -> "string";
            case INTEGER, FLOAT -> "number";
            case BOOL -> "bool";
            case NULL -> "null";
        };
        return new PatchError(400, "json: cannot unmarshal " + found + " into Go value of type jsonpatch." + type);
    }
}
