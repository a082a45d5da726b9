package dev.jobctl.resource.schema;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Quantities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One pass over one document along its type. Belongs to the thread that made it.
///
/// Each `read` method finds the parser on the first token of a value and leaves it on the last one; it returns null for
/// "absent". Nesting is bounded by the parser (1,000 levels).
final class TypedReader {
    /// As the server: who makes more mistakes than this will find the rest later.
    private static final int MOST_PROBLEMS = 100;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    TypedReader(JsonParser parser) {
        this.parser = parser;
    }

    List<Problem> problems() {
        return problems;
    }

    JsonNode document(Struct type) throws IOException {
        if (parser.nextToken() == null) {
            throw new JsonParseException(parser, "no content");
        }
        Place root = new Place(null, "", "", type.name(), "");
        @Nullable JsonNode tree = read(type, root, "v1." + type.name());
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one document");
        }
        return tree == null ? NODES.objectNode() : tree;
    }

    private @Nullable JsonNode read(Shape shape, Place place, String goType) throws IOException {
        return switch (shape) {
            case Struct struct -> struct(struct, place, goType);
            case Shape.MapOf map -> map(map, place, goType);
            case Shape.ListOf list -> list(list, place, goType);
            case Shape.Plain plain -> plain(plain, place, goType);
        };
    }

    private @Nullable JsonNode struct(Struct struct, Place place, String goType) throws IOException {
        if (!opens(JsonToken.START_OBJECT, place, goType)) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            @Nullable Field field = struct.field(name);
            Place at = place.field(struct, name);
            if (field == null) {
                add(Problem.Type.UNKNOWN_FIELD, at, "unknown field \"" + at.path() + "\"", Closest.names(struct, name));
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            duplicate(seen, name, at);
            parser.nextToken();
            put(node, name, read(field.shape(), at, GoTypes.of(field)));
        }
        return node;
    }

    private @Nullable JsonNode map(Shape.MapOf map, Place place, String goType) throws IOException {
        if (!opens(JsonToken.START_OBJECT, place, goType)) {
            return null;
        }
        ObjectNode node = NODES.objectNode();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Place at = place.key(name);
            duplicate(seen, name, at);
            put(
                    node,
                    name,
                    parser.nextToken() == JsonToken.VALUE_NULL
                            ? zero(map.value())
                            : read(map.value(), at, GoTypes.item(map.value(), goType)));
        }
        return node;
    }

    private @Nullable JsonNode list(Shape.ListOf list, Place place, String goType) throws IOException {
        if (!opens(JsonToken.START_ARRAY, place, goType)) {
            return null;
        }
        ArrayNode node = NODES.arrayNode();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            @Nullable
            JsonNode item = parser.currentToken() == JsonToken.VALUE_NULL
                    ? zero(list.item())
                    : read(list.item(), place.item(i), GoTypes.item(list.item(), goType));
            if (item != null) {
                node.add(item);
            }
        }
        return node;
    }

    /// Whether the value is an object or array as expected; tells and skips it when it is anything but null.
    private boolean opens(JsonToken expected, Place place, String goType) throws IOException {
        if (parser.currentToken() == expected) {
            return true;
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            wrong(place, goType);
        }
        return false;
    }

    private @Nullable JsonNode plain(Shape.Plain shape, Place place, String goType) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL && shape != Shape.Plain.ANY) {
            return null;
        }
        return switch (shape) {
            case TEXT -> token == JsonToken.VALUE_STRING ? text() : wrong(place, goType);
            case BOOL -> token.isBoolean() ? NODES.booleanNode(parser.getBooleanValue()) : wrong(place, goType);
            case INT32 -> integer(place, goType, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(place, goType, Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMBER -> token.isNumeric() ? parser.readValueAsTree() : wrong(place, goType);
            case INT_OR_STRING ->
                token == JsonToken.VALUE_STRING
                        ? text()
                        : integer(place, "int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case QUANTITY -> {
                String text = token.isScalarValue() ? parser.getText().strip() : "";
                yield checked(place, Quantities.canonical(text).orElse(text), Formats.quantity(text));
            }
            case BYTES ->
                token == JsonToken.VALUE_STRING
                        ? checked(place, parser.getText(), Formats.base64(parser.getText()))
                        : wrong(place, goType);
            case TIME -> time(place, false);
            case MICRO_TIME -> time(place, true);
            case ANY -> any(place);
        };
    }

    private JsonNode text() throws IOException {
        return NODES.textNode(parser.getText());
    }

    private @Nullable JsonNode integer(Place place, String goType, long min, long max) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            if (value >= min && value <= max) {
                return max == Integer.MAX_VALUE ? NODES.numberNode((int) value) : NODES.numberNode(value);
            }
        }
        return wrong(place, goType);
    }

    /// The text, unless `complaint` says why not.
    private @Nullable JsonNode checked(Place place, String text, String complaint) throws IOException {
        if (complaint.isEmpty()) {
            return NODES.textNode(text);
        }
        add(Problem.Type.WRONG_TYPE, place, complaint, List.of());
        parser.skipChildren();
        return null;
    }

    private @Nullable JsonNode time(Place place, boolean micro) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return wrong(place, "string");
        }
        GoTime.Parsed parsed = GoTime.parse(parser.getText(), micro);
        if (parsed.complaint().isEmpty()) {
            return NODES.textNode(parsed.text());
        }
        add(Problem.Type.WRONG_TYPE, place, parsed.complaint(), List.of());
        return null;
    }

    private @Nullable JsonNode any(Place place) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return map(new Shape.MapOf(Shape.Plain.ANY), place, "");
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            return list(new Shape.ListOf(Shape.Plain.ANY), place, "");
        }
        return parser.readValueAsTree();
    }

    /// What Go makes of a null inside a list or a map: the type's empty value.
    private static JsonNode zero(Shape shape) {
        return switch (shape) {
            case Struct _, Shape.MapOf _ -> NODES.objectNode();
            case Shape.ListOf _ -> NODES.arrayNode();
            case Shape.Plain plain ->
                switch (plain) {
                    case TEXT, BYTES, TIME, MICRO_TIME -> NODES.textNode("");
                    case INT32, INT64, NUMBER, INT_OR_STRING -> NODES.numberNode(0);
                    case QUANTITY -> NODES.textNode("0");
                    case BOOL -> NODES.booleanNode(false);
                    case ANY -> NODES.nullNode();
                };
        };
    }

    private @Nullable JsonNode wrong(Place place, String goType) throws IOException {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                goType.startsWith("int") ? "number " + parser.getText() : "number";
            default -> "string";
        };
        add(Problem.Type.WRONG_TYPE, place, place.cannot(found, goType), List.of());
        parser.skipChildren();
        return null;
    }

    private void duplicate(Set<String> seen, String name, Place at) {
        if (!seen.add(name)) {
            add(Problem.Type.DUPLICATE_FIELD, at, "duplicate field \"" + at.path() + "\"", List.of());
        }
    }

    private void add(Problem.Type type, Place at, String message, List<String> suggestions) {
        if (problems.size() < MOST_PROBLEMS && (type == Problem.Type.WRONG_TYPE || told.add(message))) {
            problems.add(new Problem(type, at.pointer(), at.path(), message, suggestions));
        }
    }

    private static void put(ObjectNode node, String name, @Nullable JsonNode value) {
        if (value == null) {
            node.remove(name);
        } else {
            node.set(name, value);
        }
    }
}
