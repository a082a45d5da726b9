package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jobctl.cli.jsonpath.Part.Steps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One run of a template over one tree. A range runs the parts up to its `end` once for each value; the counters say
/// how deep in ranges the run is. Used once, on one thread.
final class Evaluation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Part> parts;
    private final boolean allowMissing;
    private int begun;
    private int inside;
    private int ended;
    private int lastEnd = -1;

    Evaluation(List<Part> parts, boolean allowMissing) {
        this.parts = parts;
        this.allowMissing = allowMissing;
    }

    List<List<JsonNode>> run(JsonNode tree) {
        return run(tree, 0);
    }

    private List<List<JsonNode>> run(JsonNode tree, int from) {
        List<List<JsonNode>> all = new ArrayList<>();
        for (int i = from; i < parts.size(); i++) {
            List<JsonNode> found = step(List.of(tree), parts.get(i));
            if (ended > 0 && ended <= inside) {
                ended--;
                lastEnd = i;
                break;
            } else if (begun > 0) {
                begun--;
                inside++;
                for (JsonNode value : found) {
                    all.addAll(run(value, i + 1));
                }
                if (found.isEmpty()) {
                    run(NODES.missingNode(), i + 1); // only to find the end
                }
                inside--;
                i = Math.max(i, lastEnd);
            } else {
                all.add(found);
            }
        }
        return all;
    }

    private List<JsonNode> step(List<JsonNode> values, Part part) {
        return switch (part) {
            case Steps steps -> steps(values, steps);
            case Part.Text text -> List.of(NODES.textNode(text.text()));
            case Part.Literal literal ->
                values.stream().map(_ -> literal.value()).toList();
            case Part.Name name -> names(values, name.name());
            case Part.Word word -> word(values, word.word());
            case Part.All _ ->
                values.stream().flatMap(v -> children(v).stream()).toList();
            case Part.Descent _ -> descent(values);
            case Part.Slice slice -> slices(values, slice);
            case Part.Union union -> {
                List<JsonNode> all = new ArrayList<>();
                union.parts().forEach(member -> all.addAll(steps(values, member)));
                yield all;
            }
            case Part.Filter filter -> filter(values, filter);
        };
    }

    private List<JsonNode> steps(List<JsonNode> values, Steps steps) {
        List<JsonNode> now = values;
        for (Part part : steps.parts()) {
            now = step(now, part);
        }
        return now;
    }

    private List<JsonNode> word(List<JsonNode> values, String word) {
        if (word.equals("range")) {
            begun++;
            return values;
        } else if (!word.equals("end")) {
            throw new JsonPathError("unrecognized identifier " + word);
        } else if (inside == 0) {
            throw new JsonPathError("not in range, nothing to end");
        }
        ended++;
        return List.of();
    }

    private List<JsonNode> names(List<JsonNode> values, String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode value : values) {
            @Nullable JsonNode field = value.get(name);
            if (field != null) {
                found.add(field);
            }
        }
        boolean asked = values.stream().findAny().isPresent();
        if (found.isEmpty() && asked && !allowMissing) {
            throw new JsonPathError(name + " is not found");
        }
        return found;
    }

    /// Map values by key, list items, and, as Go has it, the bytes of a text.
    private static List<JsonNode> children(JsonNode value) {
        List<JsonNode> children = new ArrayList<>();
        if (value.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            value.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
            children.addAll(sorted.values());
        } else if (value.isArray()) {
            value.forEach(children::add);
        } else if (value.isTextual()) {
            for (byte b : value.textValue().getBytes(StandardCharsets.UTF_8)) {
                children.add(NODES.numberNode(b & 0xff));
            }
        }
        return children;
    }

    /// Each value that has children, then the same for them, depth first.
    private static List<JsonNode> descent(List<JsonNode> values) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode value : values) {
            List<JsonNode> children = children(value);
            if (!children.isEmpty()) {
                found.add(value);
                found.addAll(descent(children));
            }
        }
        return found;
    }

    private static List<JsonNode> slices(List<JsonNode> values, Part.Slice slice) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode value : values) {
            boolean present = !value.isNull() && !value.isMissingNode();
            if (present && !value.isArray()) {
                throw new JsonPathError(GoText.type(value) + " is not array or slice");
            } else if (present && !slice(value, slice, found)) {
                return found;
            }
        }
        return found;
    }

    /// False when nothing was asked for: then, as in Go, later values are not looked at.
    private static boolean slice(JsonNode list, Part.Slice slice, List<JsonNode> found) {
        int size = list.size();
        int from = slice.from() == null ? 0 : slice.from();
        int to = slice.single() ? from + 1 : slice.to() == null ? size : slice.to();
        if (from < 0) {
            from += size;
        }
        if (to < 0 || (to == 0 && slice.single())) {
            to += size;
        }
        if (from == to) {
            return false;
        } else if (from >= size || from < 0) {
            throw new JsonPathError("array index out of bounds: index " + from + ", length " + size);
        } else if (to > size || to < 0) {
            throw new JsonPathError("array index out of bounds: index " + (to - 1) + ", length " + size);
        } else if (from > to) {
            throw new JsonPathError("starting index " + from + " is greater than ending index " + to);
        }
        int step = slice.step() == null ? 1 : slice.step();
        if (step <= 0) {
            throw new JsonPathError("step must be > 0");
        }
        for (int i = from; i < to; i += step) {
            found.add(list.get(i));
        }
        return true;
    }

    private List<JsonNode> filter(List<JsonNode> values, Part.Filter filter) {
        List<JsonNode> passed = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isArray()) {
                throw new JsonPathError(GoText.plain(value) + " is not array or slice and cannot be filtered");
            }
            for (JsonNode item : value) {
                if (passes(item, filter)) {
                    passed.add(item);
                }
            }
        }
        return passed;
    }

    private boolean passes(JsonNode item, Part.Filter filter) {
        if (filter.operator().equals("exists")) {
            return exists(item, filter.left());
        }
        List<JsonNode> left = steps(List.of(item), filter.left());
        if (left.isEmpty()) {
            return false;
        }
        one(left);
        List<JsonNode> right = steps(List.of(item), filter.right());
        if (right.isEmpty()) {
            return false;
        }
        one(right);
        return Comparison.holds(left.getFirst(), filter.operator(), right.getFirst());
    }

    private boolean exists(JsonNode item, Steps left) {
        try {
            return !steps(List.of(item), left).isEmpty();
        } catch (JsonPathError _) {
            return false;
        }
    }

    private static void one(List<JsonNode> values) {
        if (values.size() > 1) {
            throw new JsonPathError("can only compare one element at a time");
        }
    }
}
