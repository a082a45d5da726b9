package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jobctl.resource.schema.Field;
import dev.jobctl.resource.schema.MergeRule;
import dev.jobctl.resource.schema.MergeRule.ListType;
import dev.jobctl.resource.schema.Shape;
import dev.jobctl.resource.schema.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What may stand in a place of an object, and how far ownership goes into it.
record FieldType(Shape shape, MergeRule rule) {
    private static final FieldType FREE = new FieldType(Shape.Plain.ANY, MergeRule.NONE);

    /// How a value is owned: as a whole, or by its parts.
    enum Part {
        WHOLE,
        FIELDS,
        ITEMS
    }

    /// An item of a list cannot be told apart from the others; the message says why.
    static final class Indistinct extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Indistinct(String message) {
            super(message, null, false, false);
        }
    }

    static FieldType of(Struct struct) {
        return new FieldType(struct, MergeRule.NONE);
    }

    Part part() {
        boolean atomic = rule.type() == ListType.ATOMIC;
        return switch (shape) {
            case Struct struct -> atomic || struct.atomic() ? Part.WHOLE : Part.FIELDS;
            case Shape.MapOf _ -> atomic ? Part.WHOLE : Part.FIELDS;
            case Shape.ListOf _ -> atomic || rule.type() == ListType.UNSAID ? Part.WHOLE : Part.ITEMS;
            case Shape.Plain _ -> Part.WHOLE;
        };
    }

    /// Whether the step is a field that the type declares, not a key of a map or an item.
    boolean hasField(String step) {
        return shape instanceof Struct struct && struct.field(Steps.name(step)) != null;
    }

    /// What stands at a step; free-form where the type knows nothing of it.
    FieldType at(String step) {
        return switch (shape) {
            case Struct struct -> {
                @Nullable Field field = struct.field(Steps.name(step));
                yield field == null ? FREE : new FieldType(field.shape(), field.merge());
            }
            case Shape.MapOf map -> new FieldType(map.value(), MergeRule.NONE);
            case Shape.ListOf list -> new FieldType(list.item(), MergeRule.NONE);
            case Shape.Plain _ -> FREE;
        };
    }

    /// The items of a list by their steps, in order; of two that are alike the first. Null is the empty list.
    Map<String, JsonNode> items(@Nullable JsonNode list) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        if (list != null) {
            for (JsonNode item : list) {
                items.putIfAbsent(step(item), item);
            }
        }
        return items;
    }

    /// Why this list cannot be applied, if it cannot: two items that are alike.
    Optional<String> twice(JsonNode list) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : list) {
            if (items.putIfAbsent(step(item), item) != null) {
                return Optional.of("duplicate entries for key " + Steps.words(step(item)));
            }
        }
        return Optional.empty();
    }

    private String step(JsonNode item) {
        if (rule.type() == ListType.SET) {
            return Steps.value(item);
        }
        Map<String, JsonNode> keys = new TreeMap<>();
        for (String key : rule.keys()) {
            @Nullable JsonNode value = item.get(key);
            if (value != null) {
                keys.put(key, value);
            } else {
                keys.put(key, standard(key).orElseThrow(() -> indistinct(key)));
            }
        }
        return Steps.item(keys);
    }

    private static Indistinct indistinct(String key) {
        return new Indistinct("associative list with keys has an element that omits key field \"" + key
                + "\" (and doesn't have default value)");
    }

    /// The only key with a default in all of the API.
    private static Optional<JsonNode> standard(String key) {
        return key.equals("protocol") ? Optional.of(JsonNodeFactory.instance.textNode("TCP")) : Optional.empty();
    }

    /// The names of the fields of an object; none for null.
    static List<String> names(@Nullable JsonNode object) {
        return object == null
                ? List.of()
                : object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
