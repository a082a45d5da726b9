package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for lists with two items that an apply could not tell apart.
final class Duplicates {
    private Duplicates() {}

    /// Where and what, or null.
    static @Nullable String find(FieldType type, JsonNode object) {
        return find(type, object, "");
    }

    private static @Nullable String find(FieldType type, JsonNode value, String path) {
        return switch (type.part()) {
            case WHOLE -> null;
            case FIELDS -> inFields(type, value, path);
            case ITEMS -> inItems(type, value, path);
        };
    }

    private static @Nullable String inFields(FieldType type, JsonNode value, String path) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String step = Steps.field(field.getKey());
            @Nullable String found = find(type.at(step), field.getValue(), path + Steps.words(step));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String inItems(FieldType type, JsonNode list, String path) {
        try {
            @Nullable String twice = type.twice(list).orElse(null);
            if (twice != null) {
                return path + ": " + twice;
            }
        } catch (FieldType.Indistinct e) {
            return path + ": " + e.getMessage();
        }
        for (Map.Entry<String, JsonNode> item : type.items(list).entrySet()) {
            @Nullable String found = find(type.at(item.getKey()), item.getValue(), path + Steps.words(item.getKey()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
