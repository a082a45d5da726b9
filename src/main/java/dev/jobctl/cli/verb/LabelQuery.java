package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A label selector object as the text of a `labelSelector` parameter.
final class LabelQuery {
    private LabelQuery() {}

    /// Of the pods that an object selects; empty for none. A Service's selector is of an older form: labels alone.
    static String ofPods(JsonNode object) {
        JsonNode selector = object.path("spec").path("selector");
        String kind = object.path("kind").asText();
        return kind.equals("Service") || kind.equals("ReplicationController")
                ? String.join(",", labels(selector))
                : of(selector);
    }

    /// Empty for a selector that selects nothing or everything.
    static String of(JsonNode selector) {
        List<String> parts = labels(selector.path("matchLabels"));
        for (JsonNode expression : selector.path("matchExpressions")) {
            parts.add(expression(expression));
        }
        return String.join(",", parts);
    }

    private static List<String> labels(JsonNode labels) {
        List<String> parts = new ArrayList<>();
        labels.properties()
                .forEach(e -> parts.add(e.getKey() + "=" + e.getValue().asText()));
        return parts;
    }

    private static String expression(JsonNode expression) {
        String key = expression.path("key").asText();
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String set = "(" + String.join(",", values) + ")";
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in " + set;
            case "NotIn" -> key + " notin " + set;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
