package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Small questions about JSON trees, answered as Go would.
final class Trees {
    /// The types that a patch tells apart.
    enum Type {
        MAP("map[string]interface {}"),
        LIST("[]interface {}"),
        TEXT("string"),
        INTEGER("int64"),
        FLOAT("float64"),
        BOOL("bool"),
        NULL("<nil>");

        private final String go;

        Type(String go) {
            this.go = go;
        }

        String go() {
            return go;
        }
    }

    private static final Comparator<JsonNode> SCALARS = (a, b) -> sameScalar(a, b) ? 0 : 1;

    private Trees() {}

    static Type type(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> Type.MAP;
            case ARRAY -> Type.LIST;
            case BOOLEAN -> Type.BOOL;
            case NULL, MISSING -> Type.NULL;
            case NUMBER -> node.isIntegralNumber() ? Type.INTEGER : Type.FLOAT;
            case BINARY, POJO, STRING -> Type.TEXT;
        };
    }

    /// Deep equality; whole numbers are compared by value, whatever their width.
    static boolean equal(JsonNode a, JsonNode b) {
        return a.equals(SCALARS, b);
    }

    private static boolean sameScalar(JsonNode a, JsonNode b) {
        if (type(a) != type(b)) {
            return false;
        }
        return switch (type(a)) {
            case INTEGER -> a.bigIntegerValue().equals(b.bigIntegerValue());
            case FLOAT -> Double.compare(a.doubleValue(), b.doubleValue()) == 0;
            case MAP, LIST, TEXT, BOOL, NULL -> a.equals(b);
        };
    }

    /// As Go prints it with `%v`: `map[a:1 b:[x y]]`.
    static String text(JsonNode node) {
        return switch (type(node)) {
            case MAP -> {
                var sorted = new TreeMap<String, String>();
                node.properties().forEach(e -> sorted.put(e.getKey(), text(e.getValue())));
                List<String> parts = new ArrayList<>();
                for (Map.Entry<String, String> part : sorted.entrySet()) {
                    parts.add(part.getKey() + ":" + part.getValue());
                }
                yield "map[" + String.join(" ", parts) + "]";
            }
            case LIST -> {
                List<String> parts = new ArrayList<>();
                node.forEach(item -> parts.add(text(item)));
                yield "[" + String.join(" ", parts) + "]";
            }
            case NULL -> "<nil>";
            case TEXT, INTEGER, FLOAT, BOOL -> node.asText();
        };
    }

    static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    static List<JsonNode> items(JsonNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items;
    }

    static PatchError expected(Type wanted, JsonNode found) {
        return new PatchError(
                500,
                "expected a " + wanted.go() + ", but received a " + type(found).go());
    }
}
