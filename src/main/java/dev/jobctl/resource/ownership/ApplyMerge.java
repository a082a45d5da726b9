package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts what is applied into the live object: what both hold, as applied; what one holds, as it is.
final class ApplyMerge {
    private ApplyMerge() {}

    /// Shares nodes with both; changes neither.
    static JsonNode merge(FieldType type, @Nullable JsonNode live, JsonNode applied) {
        if (live == null || type.part() == FieldType.Part.WHOLE) {
            return applied;
        }
        return type.part() == FieldType.Part.FIELDS
                ? fields(type, live, applied)
                : new Lists(type, live, applied).merged();
    }

    private static JsonNode fields(FieldType type, JsonNode live, JsonNode applied) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        live.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            String name = field.getKey();
            merged.set(name, merge(type.at(Steps.field(name)), live.get(name), field.getValue()));
        }
        return merged;
    }

    /// Two lists becoming one: items that both have stand in the applied order, and what only one has stays beside its
    /// neighbours. Live a b c, applied c x a: b c x a.
    private static final class Lists {
        private final FieldType type;
        private final Map<String, JsonNode> live;
        private final Map<String, JsonNode> applied;
        private final Deque<String> shared = new ArrayDeque<>();
        private final Set<String> done = new HashSet<>();
        private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();

        private Lists(FieldType type, JsonNode live, JsonNode applied) {
            this.type = type;
            this.live = type.items(live);
            this.applied = type.items(applied);
            this.applied.keySet().stream().filter(this.live::containsKey).forEach(shared::add);
        }

        private ArrayNode merged() {
            List<String> left = new ArrayList<>(live.keySet());
            List<String> right = new ArrayList<>(applied.keySet());
            int l = 0;
            int r = 0;
            while (l < left.size() || r < right.size()) {
                @Nullable String mine = l < left.size() ? left.get(l) : null;
                @Nullable String theirs = r < right.size() ? right.get(r) : null;
                if (mine != null && theirs != null) {
                    if (mine.equals(theirs)) {
                        put(theirs);
                        l++;
                        r++;
                        continue;
                    }
                    if (applied.containsKey(mine) && !shared.isEmpty() && !mine.equals(shared.peek())) {
                        l++;
                        continue;
                    }
                }
                if (mine != null && !applied.containsKey(mine)) {
                    merged.add(live.get(mine));
                    l++;
                    continue;
                }
                if (mine != null && done.contains(mine)) {
                    l++;
                }
                if (theirs != null) {
                    put(theirs);
                    r++;
                }
            }
            return merged;
        }

        private void put(String step) {
            done.add(step);
            @Nullable JsonNode item = applied.get(step);
            if (item != null) {
                merged.add(merge(type.at(step), live.get(step), item));
            }
            if (step.equals(shared.peek())) {
                shared.remove();
            }
        }
    }
}
