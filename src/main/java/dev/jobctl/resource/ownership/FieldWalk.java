package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the fields that an object sets: what an apply of it owns. Belongs to the thread that walks.
final class FieldWalk {
    private final FieldSet set = new FieldSet();
    private final List<String> path = new ArrayList<>();

    private FieldWalk() {}

    /// Throws [FieldType.Indistinct] when items of a list cannot be told apart.
    static FieldSet fields(FieldType type, JsonNode object) {
        FieldWalk walk = new FieldWalk();
        walk.value(type, object);
        return walk.set;
    }

    private void value(FieldType type, JsonNode value) {
        switch (type.part()) {
            case WHOLE -> set.insert(path);
            case FIELDS -> {
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    String step = Steps.field(field.getKey());
                    boolean empty =
                            field.getValue().isObject() && field.getValue().isEmpty();
                    inside(type, step, field.getValue(), empty || !type.hasField(step));
                }
            }
            case ITEMS -> type.items(value).forEach((step, item) -> inside(type, step, item, true));
        }
    }

    private void inside(FieldType type, String step, JsonNode value, boolean itself) {
        path.addLast(step);
        value(type.at(step), value);
        if (itself) {
            set.insert(path);
        }
        path.removeLast();
    }
}
