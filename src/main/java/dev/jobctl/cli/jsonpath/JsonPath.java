package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A parsed jsonpath template. Immutable.
public final class JsonPath {
    private final String text;

    private JsonPath(String text) {
        this.text = text;
    }

    /// A template such as `{.items[*].metadata.name}`; text outside braces stands for itself. Throws [JsonPathError].
    public static JsonPath parse(String template) {
        return new JsonPath(template);
    }

    /// One expression in any of the forms `x.y`, `.x.y`, `{x.y}`, `{.x.y}`, as custom-columns, sort-by and wait take it.
    public static JsonPath relaxed(String expression) {
        return new JsonPath(expression);
    }

    /// The template filled in. A missing key is an error, or prints nothing when `allowMissing`. Throws [JsonPathError].
    public String print(JsonNode tree, boolean allowMissing) {
        throw new UnsupportedOperationException(text + tree + allowMissing);
    }

    /// The values that each expression of the template finds. Throws [JsonPathError].
    public List<List<JsonNode>> find(JsonNode tree, boolean allowMissing) {
        throw new UnsupportedOperationException(text + tree + allowMissing);
    }
}
