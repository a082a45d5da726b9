package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ResourceType;
import java.util.Optional;

/// What a server's OpenAPI document, version 3, says of types.
record Schema(JsonNode document) {
    private static final String KINDS = "x-kubernetes-group-version-kind";

    /// The schema of a type's objects.
    Optional<JsonNode> ofKind(ResourceType type) {
        return document.at("/components/schemas")
                .valueStream()
                .filter(schema -> schema.path(KINDS)
                        .valueStream()
                        .anyMatch(kind -> kind.path("group").asText().equals(type.group())
                                && kind.path("version").asText().equals(type.version())
                                && kind.path("kind").asText().equals(type.kind())))
                .findFirst();
    }

    /// The same, or what it refers to, as its only part or by name.
    JsonNode resolved(JsonNode schema) {
        JsonNode now = schema;
        while (now.has("$ref") || now.path("allOf").size() == 1) {
            now = now.has("$ref")
                    ? document.at(now.path("$ref").asText().substring(1))
                    : now.path("allOf").get(0);
        }
        return now;
    }

    /// Those of the objects that a value is, or holds.
    JsonNode fields(JsonNode schema) {
        JsonNode whole = resolved(schema);
        if (whole.has("items")) {
            return fields(whole.path("items"));
        }
        return whole.path("additionalProperties").isObject()
                ? fields(whole.path("additionalProperties"))
                : whole.path("properties");
    }

    /// `string`, `[]Container`, `map[string]string`, `PodSpec`.
    String type(JsonNode schema) {
        if (schema.has("items")) {
            return "[]" + type(schema.path("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            return "map[string]" + type(schema.path("additionalProperties"));
        }
        if (schema.path("allOf").size() == 1) {
            return type(schema.path("allOf").get(0));
        }
        if (schema.has("$ref")) {
            String plain = resolved(schema).path("type").asText("object");
            String name = schema.path("$ref").asText();
            return plain.equals("object") ? name.substring(name.lastIndexOf('.') + 1) : plain;
        }
        return schema.path("type").asText("Object");
    }
}
