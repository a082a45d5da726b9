package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.GoQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// JSON values as Go prints them.
final class GoText {
    private GoText() {}

    /// As jsonpath prints one result: maps and lists as JSON, text as it is.
    static String printed(JsonNode value) {
        return value.isContainerNode() ? json(value) : value.isNull() ? "null" : plain(value);
    }

    /// Go's `%v`: `map[a:1 b:[x y]]`.
    static String plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[" + String.join(" ", entries(value, e -> e.getKey() + ":" + plain(e.getValue()))) + "]";
            case ARRAY -> "[" + String.join(" ", items(value, GoText::plain)) + "]";
            case NULL, MISSING -> "<nil>";
            case NUMBER -> value.isIntegralNumber() ? value.asText() : number(value.doubleValue());
            case BINARY, BOOLEAN, POJO, STRING -> value.asText();
        };
    }

    /// Compact JSON, map keys sorted.
    static String json(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT ->
                "{" + String.join(",", entries(value, e -> escaped(e.getKey()) + ":" + json(e.getValue()))) + "}";
            case ARRAY -> "[" + String.join(",", items(value, GoText::json)) + "]";
            case STRING -> escaped(value.textValue());
            case NUMBER -> value.isIntegralNumber() ? value.asText() : jsonNumber(value.doubleValue());
            case BINARY, BOOLEAN, MISSING, NULL, POJO -> value.asText("null");
        };
    }

    /// A JSON list, indented by four blanks.
    static String indented(List<JsonNode> values) {
        return indentedList(values, "");
    }

    private static String indented(JsonNode value, String margin) {
        if (value.isArray()) {
            return indentedList(items(value, item -> item), margin);
        } else if (value.isObject() && !value.isEmpty()) {
            String inner = margin + "    ";
            return "{\n"
                    + String.join(
                            ",\n",
                            entries(value, e -> inner + escaped(e.getKey()) + ": " + indented(e.getValue(), inner)))
                    + "\n" + margin + "}";
        }
        return json(value);
    }

    private static String indentedList(List<JsonNode> values, String margin) {
        String inner = margin + "    ";
        return values.isEmpty()
                ? "[]"
                : "[\n"
                        + String.join(
                                ",\n",
                                values.stream()
                                        .map(v -> inner + indented(v, inner))
                                        .toList())
                        + "\n" + margin + "]";
    }

    /// Go's `%#v`: `map[string]interface {}{"a":1}`.
    static String syntax(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, ARRAY -> {
                List<String> parts = value.isObject()
                        ? entries(value, e -> GoQuote.of(e.getKey()) + ":" + syntax(e.getValue()))
                        : items(value, GoText::syntax);
                yield type(value) + "{" + String.join(", ", parts) + "}";
            }
            case STRING -> GoQuote.of(value.textValue());
            case NULL, MISSING -> "interface {}(nil)";
            case BINARY, BOOLEAN, NUMBER, POJO -> plain(value);
        };
    }

    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case BOOLEAN -> "bool";
            case NULL, MISSING -> "<nil>";
            case BINARY, POJO, STRING -> "string";
        };
    }

    /// Go's `%#U`: `U+0028 '('`.
    static String rune(int c) {
        String code = "U+%04X".formatted(c);
        boolean shown = !Character.isISOControl(c) && Character.isDefined(c);
        return shown ? code + " '" + Character.toString(c) + "'" : code;
    }

    /// A JSON string; like Go, without the marks that HTML gives a meaning.
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', 0x2028, 0x2029 -> out.append("\\u%04x".formatted(c));
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /// Shortest digits that give the number back; with an exponent below 1e-4 and from 1e6 on.
    private static String number(double value) {
        return decimal(value, 1e-4, 1e6, 2);
    }

    private static String jsonNumber(double value) {
        return decimal(value, 1e-6, 1e21, 1);
    }

    private static String decimal(double value, double smallest, double largest, int digits) {
        double size = Math.abs(value);
        if (value == 0) {
            return Double.compare(value, 0.0) < 0 ? "-0" : "0";
        } else if (size < smallest || size >= largest) {
            return exponent(value, digits);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static String exponent(double value, int digits) {
        BigDecimal number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        BigDecimal mantissa = number.movePointLeft(exponent).stripTrailingZeros();
        String size = ("%0" + digits + "d").formatted(Math.abs(exponent));
        return mantissa.toPlainString() + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    private static <T> List<T> items(JsonNode list, Function<JsonNode, T> make) {
        List<T> items = new ArrayList<>();
        list.forEach(item -> items.add(make.apply(item)));
        return items;
    }

    private static List<String> entries(JsonNode map, Function<Map.Entry<String, JsonNode>, String> make) {
        SequencedMap<String, JsonNode> sorted = new TreeMap<>();
        map.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted.sequencedEntrySet().stream().map(make).toList();
    }
}
