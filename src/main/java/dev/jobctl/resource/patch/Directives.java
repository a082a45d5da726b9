package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The special keys inside a strategic merge patch.
final class Directives {
    /// `replace`, `delete` or `merge`: what to do with the map that it stands in.
    static final String PATCH = "$patch";

    /// The only fields of the map that stay.
    static final String RETAIN_KEYS = "$retainKeys";

    /// `$deleteFromPrimitiveList/finalizers`: values to take out.
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    /// `$setElementOrder/containers`: the order that the sender wants, by merge key.
    static final String ORDER = "$setElementOrder/";

    private Directives() {}

    static boolean deletes(JsonNode item) {
        return "delete".equals(item.path(PATCH).textValue());
    }

    static boolean present(JsonNode item) {
        return item.has(PATCH);
    }

    /// Whether the key names a list beside itself rather than a field.
    static boolean parallel(String key) {
        return key.startsWith(DELETE_FROM) || key.startsWith(ORDER);
    }

    /// A value to be put where nothing was: without maps that carry `$patch`, however deep. Null when it is one itself.
    static @Nullable JsonNode strip(JsonNode value) {
        if (value instanceof ObjectNode map) {
            if (present(map)) {
                return null;
            }
            for (Iterator<Map.Entry<String, JsonNode>> i = map.properties().iterator(); i.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = i.next();
                @Nullable JsonNode kept = strip(entry.getValue());
                if (kept == null) {
                    i.remove();
                } else {
                    entry.setValue(kept);
                }
            }
        } else if (value instanceof ArrayNode list) {
            List<JsonNode> kept = new ArrayList<>();
            for (JsonNode item : list) {
                @Nullable JsonNode stripped = strip(item);
                if (stripped != null) {
                    kept.add(stripped);
                }
            }
            list.removeAll().addAll(kept);
        }
        return value;
    }

    /// Drops null fields, however deep: where nothing was, there is nothing to delete.
    static void dropNulls(JsonNode value) {
        if (value instanceof ObjectNode map) {
            map.properties().removeIf(entry -> entry.getValue().isNull());
        }
        value.forEach(Directives::dropNulls);
    }
}
