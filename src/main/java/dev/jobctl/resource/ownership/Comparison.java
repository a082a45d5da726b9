package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which fields differ between two states of an object. Belongs to the thread that compares.
final class Comparison {
    private final FieldSet added = new FieldSet();
    private final FieldSet modified = new FieldSet();
    private final FieldSet removed = new FieldSet();
    private final List<String> path = new ArrayList<>();

    private Comparison() {}

    static Comparison of(FieldType type, JsonNode before, JsonNode after) {
        Comparison comparison = new Comparison();
        comparison.value(type, before, after);
        return comparison;
    }

    /// What has another value now, or one at all.
    FieldSet taken() {
        return modified.union(added);
    }

    FieldSet modified() {
        return modified;
    }

    FieldSet added() {
        return added;
    }

    FieldSet removed() {
        return removed;
    }

    boolean same() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /// Null for what is not there.
    private void value(FieldType type, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (type.part() == FieldType.Part.WHOLE || empty(before) && empty(after)) {
            if (before == null || after == null) {
                one(before, after);
            } else if (!Numbers.same(before, after)) {
                modified.insert(path);
            }
            return;
        }
        if (type.part() == FieldType.Part.FIELDS) {
            Set<String> names = new LinkedHashSet<>(FieldType.names(before));
            names.addAll(FieldType.names(after));
            for (String name : names) {
                inside(type, Steps.field(name), field(before, name), field(after, name));
            }
        } else {
            Map<String, JsonNode> was = type.items(before);
            Map<String, JsonNode> is = type.items(after);
            Set<String> steps = new LinkedHashSet<>(was.keySet());
            steps.addAll(is.keySet());
            for (String step : steps) {
                inside(type, step, was.get(step), is.get(step));
            }
        }
        one(before, after);
    }

    private void inside(FieldType type, String step, @Nullable JsonNode before, @Nullable JsonNode after) {
        path.addLast(step);
        value(type.at(step), before, after);
        path.removeLast();
    }

    private void one(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null && after != null) {
            added.insert(path);
        } else if (before != null && after == null) {
            removed.insert(path);
        }
    }

    private static boolean empty(@Nullable JsonNode value) {
        return value == null || value.isEmpty();
    }

    private static @Nullable JsonNode field(@Nullable JsonNode object, String name) {
        return object == null ? null : object.get(name);
    }
}
