package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Comparisons inside filters: only plain values of one type can be compared, and truth values only for equality.
final class Comparison {
    private enum Type {
        BOOL,
        WHOLE,
        FRACTION,
        TEXT
    }

    private Comparison() {}

    static boolean holds(JsonNode left, String operator, JsonNode right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "<" -> less(left, right);
            case "<=" -> less(left, right) || equal(left, right);
            case ">" -> !less(left, right) && !equal(left, right);
            case ">=" -> !less(left, right);
            default -> throw new JsonPathError("unrecognized filter operator " + operator);
        };
    }

    private static boolean equal(JsonNode left, JsonNode right) {
        return switch (common(left, right)) {
            case BOOL -> left.booleanValue() == right.booleanValue();
            case WHOLE -> left.longValue() == right.longValue();
            case FRACTION -> left.doubleValue() == right.doubleValue();
            case TEXT -> left.textValue().equals(right.textValue());
        };
    }

    private static boolean less(JsonNode left, JsonNode right) {
        return switch (common(left, right)) {
            case BOOL -> throw new JsonPathError("invalid type for comparison");
            case WHOLE -> left.longValue() < right.longValue();
            case FRACTION -> left.doubleValue() < right.doubleValue();
            case TEXT -> Arrays.compareUnsigned(bytes(left), bytes(right)) < 0;
        };
    }

    private static byte[] bytes(JsonNode text) {
        return text.textValue().getBytes(StandardCharsets.UTF_8);
    }

    private static Type common(JsonNode left, JsonNode right) {
        Type type = type(left);
        if (type != type(right)) {
            throw new JsonPathError("incompatible types for comparison");
        }
        return type;
    }

    private static Type type(JsonNode node) {
        if (node.isBoolean()) {
            return Type.BOOL;
        } else if (node.isIntegralNumber()) {
            return Type.WHOLE;
        } else if (node.isNumber()) {
            return Type.FRACTION;
        } else if (node.isTextual()) {
            return Type.TEXT;
        }
        throw new JsonPathError("invalid type for comparison");
    }
}
