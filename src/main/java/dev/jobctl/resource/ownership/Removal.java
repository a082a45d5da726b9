package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes fields out of an object.
final class Removal {
    private Removal() {}

    /// Shares nodes with the object. Null when nothing is left.
    static @Nullable JsonNode of(FieldType type, JsonNode value, FieldSet fields) {
        return switch (type.part()) {
            case WHOLE -> value;
            case FIELDS -> fields(type, value, fields);
            case ITEMS -> items(type, value, fields);
        };
    }

    private static @Nullable JsonNode fields(FieldType type, JsonNode value, FieldSet gone) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            @Nullable JsonNode left = left(type, Steps.field(field.getKey()), field.getValue(), gone);
            if (left != null) {
                kept.set(field.getKey(), left);
            }
        }
        return kept.isEmpty() && !value.isEmpty() ? null : kept;
    }

    private static @Nullable JsonNode items(FieldType type, JsonNode value, FieldSet gone) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        type.items(value).forEach((step, item) -> {
            @Nullable JsonNode left = left(type, step, item, gone);
            if (left != null) {
                kept.add(left);
            }
        });
        return kept.isEmpty() && !value.isEmpty() ? null : kept;
    }

    private static @Nullable JsonNode left(FieldType type, String step, JsonNode value, FieldSet gone) {
        if (gone.has(step)) {
            return null;
        }
        return gone.hasBelow(step) ? of(type.at(step), value, gone.below(step)) : value;
    }
}
