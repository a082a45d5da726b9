package dev.jobctl.resource.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.GoQuote;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as Go prints them in the API's messages. Exact for text, numbers, lists and maps of them; structs are printed
/// by the fields that are set, so clients should not read them.
final class GoText {
    /// The fields of Jobs and pods that hold maps of text.
    private static final Set<String> MAPS =
            Set.of("annotations", "labels", "limits", "matchLabels", "nodeSelector", "overhead", "requests");

    private GoText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> GoQuote.of(text);
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            default -> value.toString();
        };
    }

    /// An empty map is always a nil one where objects are decoded.
    private static String map(Map<?, ?> map) {
        if (map.isEmpty()) {
            return "map[string]string(nil)";
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted.entrySet().stream()
                .map(entry -> GoQuote.of(entry.getKey()) + ":" + of(entry.getValue()))
                .collect(Collectors.joining(", ", "map[string]string{", "}"));
    }

    private static String list(List<?> list) {
        String type = list.stream().anyMatch(Integer.class::isInstance) || list.isEmpty() ? "[]int32{" : "[]string{";
        return list.stream().map(GoText::of).collect(Collectors.joining(", ", type, "}"));
    }

    /// `core.PodTemplateSpec{Spec:{Containers:[...]}}`
    static String struct(String type, @Nullable Object value) {
        if (value instanceof LabelSelector selector) {
            return selector(selector);
        }
        return value == null ? "null" : type + body(Json.tree(value));
    }

    /// A selector is short, so it is printed in full.
    private static String selector(LabelSelector selector) {
        String expressions = Settled.list(selector.getMatchExpressions()).stream()
                .map(each -> "v1.LabelSelectorRequirement{Key:" + GoQuote.of(Settled.orEmpty(each.getKey()))
                        + ", Operator:" + GoQuote.of(Settled.orEmpty(each.getOperator())) + ", Values:"
                        + values(each.getValues()) + "}")
                .collect(Collectors.joining(", "));
        return "v1.LabelSelector{MatchLabels:" + map(Settled.map(selector.getMatchLabels())) + ", MatchExpressions:"
                + "[]v1.LabelSelectorRequirement" + (expressions.isEmpty() ? "(nil)" : "{" + expressions + "}") + "}";
    }

    private static String values(@Nullable List<String> values) {
        return Settled.list(values).isEmpty() ? "[]string(nil)" : list(Settled.list(values));
    }

    private static String body(JsonNode node) {
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            node.properties()
                    .forEach(each -> members.add(field(each.getKey()) + ":" + member(each.getKey(), each.getValue())));
            return "{" + String.join(", ", members) + "}";
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(body(item)));
            return "{" + String.join(", ", items) + "}";
        }
        return node.isTextual() ? GoQuote.of(node.asText()) : node.toString();
    }

    /// The keys of a map are text, not fields.
    private static String member(String name, JsonNode value) {
        if (!MAPS.contains(name) || !value.isObject()) {
            return body(value);
        }
        Map<String, Object> sorted = new TreeMap<>();
        value.properties()
                .forEach(each -> sorted.put(each.getKey(), each.getValue().asText()));
        return map(sorted);
    }

    private static String field(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
