package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The steps of a path through an object, written as `fieldsV1` writes them.
final class Steps {
    private Steps() {}

    static String field(String name) {
        return "f:" + name;
    }

    /// An item by its keys, which are sorted by name.
    static String item(Map<String, JsonNode> keys) {
        return "k:" + text(Json.tree((Object) new TreeMap<>(keys)));
    }

    /// An item that is a plain value.
    static String value(JsonNode value) {
        return "v:" + text(value);
    }

    /// The name of a field or key; empty for items.
    static String name(String step) {
        return step.startsWith("f:") ? step.substring(2) : "";
    }

    /// A step as others may have written it, in our way. Throws [IllegalArgumentException] for what is none.
    static String canonical(String step) {
        if (step.startsWith("f:") || step.startsWith("i:")) {
            return step;
        }
        JsonNode value = read(step);
        if (step.startsWith("v:")) {
            return value(value);
        }
        if (!step.startsWith("k:") || !value.isObject()) {
            throw new IllegalArgumentException("not a step: " + step);
        }
        Map<String, JsonNode> keys = new TreeMap<>();
        value.properties().forEach(key -> keys.put(key.getKey(), key.getValue()));
        return item(keys);
    }

    /// `.image`, `[name="c"]`, `[="x"]`, `[3]`: as in the texts of conflicts.
    static String words(String step) {
        String rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'k' -> {
                List<String> keys = new ArrayList<>();
                read(step).properties().forEach(key -> keys.add(key.getKey() + "=" + text(key.getValue())));
                yield "[" + String.join(",", keys) + "]";
            }
            default -> "[" + rest + "]";
        };
    }

    private static JsonNode read(String step) {
        try {
            return Json.MAPPER.readTree(step.substring(Math.min(2, step.length())));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a step: " + step, e);
        }
    }

    private static String text(JsonNode value) {
        return value.toString();
    }
}
