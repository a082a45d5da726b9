package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Some fields of one object, as the tree that `fieldsV1` writes. A step is `f:NAME` for a field or a key of a map,
/// `k:{"name":"main"}` for an item of a list by its keys, `v:"x"` for an item that is a plain value. Example:
/// `{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{}}}}}` holds the item `c` and its image, but not
/// `spec`.
///
/// Grows by [#insert] while it is made and by one thread; never changes after that.
public final class FieldSet {
    private static final String SELF = ".";
    /// A set that somebody sent; no object of the API nests deeper.
    private static final int MAX_DEPTH = 100;

    private final SortedMap<String, FieldSet> children = new TreeMap<>();
    private boolean member;

    /// The empty set.
    FieldSet() {}

    /// How two sets become one.
    private enum Rule {
        UNION,
        INTERSECTION,
        DIFFERENCE
    }

    /// Adds the field at the end of the path. The root itself is no field.
    void insert(List<String> path) {
        FieldSet at = this;
        for (String step : path) {
            at = at.children.computeIfAbsent(step, s -> new FieldSet());
        }
        at.member = !path.isEmpty();
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /// Whether the step itself, not only something below it, is in here.
    boolean has(String step) {
        @Nullable FieldSet child = children.get(step);
        return child != null && child.member;
    }

    /// What is in here below a step, without the step.
    FieldSet below(String step) {
        @Nullable FieldSet child = children.get(step);
        return child == null ? new FieldSet() : child;
    }

    boolean hasBelow(String step) {
        @Nullable FieldSet child = children.get(step);
        return child != null && !child.children.isEmpty();
    }

    FieldSet union(FieldSet other) {
        return settled(combine(this, other, Rule.UNION));
    }

    FieldSet intersection(FieldSet other) {
        return settled(combine(this, other, Rule.INTERSECTION));
    }

    FieldSet difference(FieldSet other) {
        return settled(combine(this, other, Rule.DIFFERENCE));
    }

    /// Without those fields and all that is below them.
    FieldSet withoutAllBelow(FieldSet other) {
        FieldSet left = new FieldSet();
        left.member = member && !other.member;
        children.forEach((step, child) -> {
            if (other.has(step)) {
                return;
            }
            FieldSet kept = other.hasBelow(step) ? child.withoutAllBelow(other.below(step)) : child;
            if (!kept.isEmpty()) {
                left.children.put(step, kept);
            }
        });
        return left;
    }

    /// With every struct on the way to a member as a member too, which `fieldsV1` does not write.
    FieldSet withStructs(FieldType type) {
        FieldSet whole = new FieldSet();
        whole.member = member;
        children.forEach((step, child) -> {
            FieldSet below = child.children.isEmpty() ? child : child.withStructs(type.at(step));
            if (type.hasField(step) && !below.member) {
                FieldSet named = new FieldSet();
                named.children.putAll(below.children);
                named.member = true;
                below = named;
            }
            whole.children.put(step, below);
        });
        return whole;
    }

    /// Every member as a path in words: `.spec.containers[name="c"].image`.
    void forEach(Consumer<String> action) {
        forEach("", action);
    }

    private void forEach(String path, Consumer<String> action) {
        if (member) {
            action.accept(path);
        }
        children.forEach((step, child) -> child.forEach(path + Steps.words(step), action));
    }

    /// The `fieldsV1` form.
    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (member && !children.isEmpty()) {
            node.putObject(SELF);
        }
        children.forEach((step, child) -> node.set(step, child.json()));
        return node;
    }

    /// Throws [IllegalArgumentException] for what no server wrote.
    static FieldSet of(JsonNode fieldsV1) {
        FieldSet set = of(fieldsV1, 0);
        set.member = false;
        return set;
    }

    private static FieldSet of(JsonNode node, int depth) {
        if (!node.isObject() || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("not a set of fields");
        }
        FieldSet set = new FieldSet();
        set.member = node.isEmpty() || node.has(SELF);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getKey().equals(SELF)) {
                set.children.put(Steps.canonical(entry.getKey()), of(entry.getValue(), depth + 1));
            }
        }
        return set;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet that && member == that.member && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return json().toString();
    }

    private static FieldSet settled(@Nullable FieldSet set) {
        return set == null ? new FieldSet() : set;
    }

    /// Null for nothing.
    private static @Nullable FieldSet combine(@Nullable FieldSet a, @Nullable FieldSet b, Rule rule) {
        if (a == null || b == null) {
            return switch (rule) {
                case UNION -> a == null ? b : a;
                case INTERSECTION -> null;
                case DIFFERENCE -> a;
            };
        }
        FieldSet both = new FieldSet();
        both.member = switch (rule) {
            case UNION -> a.member || b.member;
            case INTERSECTION -> a.member && b.member;
            case DIFFERENCE -> a.member && !b.member;
        };
        SortedMap<String, FieldSet> steps = a.children;
        if (rule == Rule.UNION) {
            steps = new TreeMap<>(a.children);
            steps.putAll(b.children);
        }
        for (String step : steps.keySet()) {
            @Nullable FieldSet child = combine(a.children.get(step), b.children.get(step), rule);
            if (child != null) {
                both.children.put(step, child);
            }
        }
        return both.isEmpty() ? null : both;
    }
}
