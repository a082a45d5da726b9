package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place in a document that a JSON pointer names: the map or list that it is in, and the key there. Whether something
/// stands at the place is another question.
record Spot(JsonNode container, String key) {
    /// Why something cannot be done here, in Go's words.
    record Fault(String text) {}

    /// Null when the container does not exist.
    static @Nullable Spot find(JsonNode document, String path) {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.size() < 2) {
            return null;
        }
        JsonNode at = document;
        for (String part : parts.subList(1, parts.size() - 1)) {
            var spot = new Spot(at, unescaped(part));
            if (!at.isContainerNode() || spot.fault().isPresent()) {
                return null;
            }
            at = spot.get();
        }
        return at.isContainerNode() ? new Spot(at, unescaped(parts.getLast())) : null;
    }

    /// Why there is nothing to get here. A missing field of a map is no fault: it counts as null.
    Optional<Fault> fault() {
        return container instanceof ArrayNode list ? fault(list.size() - 1) : Optional.empty();
    }

    /// What stands here; null (in JSON) for a missing field. There must be no fault.
    JsonNode get() {
        @Nullable
        JsonNode found = container instanceof ArrayNode list ? list.get(index(list.size())) : container.get(key);
        return found == null ? JsonNodeFactory.instance.nullNode() : found;
    }

    /// There must be no fault.
    void set(JsonNode value) {
        switch (container) {
            case ArrayNode list -> list.set(index(list.size()), value);
            case ObjectNode map -> map.set(key, value);
            default -> throw new IllegalStateException(container.toString());
        }
    }

    /// Sets a field, or makes room in a list.
    Optional<Fault> add(JsonNode value) {
        if (!(container instanceof ArrayNode list)) {
            set(value);
            return Optional.empty();
        } else if (key.equals("-")) {
            list.add(value);
            return Optional.empty();
        }
        Optional<Fault> fault = fault(list.size());
        if (fault.isEmpty()) {
            list.insert(index(list.size() + 1), value);
        }
        return fault.map(f -> f.text().startsWith("strconv")
                ? new Fault("value was not a proper array index: '" + key + "': " + f.text())
                : f);
    }

    Optional<Fault> remove() {
        if (container instanceof ArrayNode list) {
            Optional<Fault> fault = fault();
            if (fault.isEmpty()) {
                list.remove(index(list.size()));
            }
            return fault;
        }
        boolean gone = container instanceof ObjectNode map && map.remove(key) != null;
        return gone
                ? Optional.empty()
                : Optional.of(new Fault("Unable to remove nonexistent key: " + key + ": missing value"));
    }

    private Optional<Fault> fault(int last) {
        int index;
        try {
            index = Integer.parseInt(key);
        } catch (NumberFormatException _) {
            return Optional.of(new Fault("strconv.Atoi: parsing \"" + key + "\": invalid syntax"));
        }
        boolean inside = index <= last && index >= -(last + 1);
        return inside
                ? Optional.empty()
                : Optional.of(new Fault("Unable to access invalid index: " + index + ": invalid index referenced"));
    }

    /// Negative indexes count from the end.
    private int index(int size) {
        int index = Integer.parseInt(key);
        return index < 0 ? index + size : index;
    }

    private static String unescaped(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}
