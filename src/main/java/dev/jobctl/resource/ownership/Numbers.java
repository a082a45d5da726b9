package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/// Equality of JSON in which the width of a number does not count.
final class Numbers {
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> alike(a, b) ? 0 : 1;

    private Numbers() {}

    static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }

    private static boolean alike(JsonNode a, JsonNode b) {
        if (a.isIntegralNumber() && b.isIntegralNumber()) {
            return a.bigIntegerValue().equals(b.bigIntegerValue());
        }
        return a.equals(b);
    }
}
