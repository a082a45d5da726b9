package dev.jobctl.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes an OpenAPI 2 document as the message `openapi.v2.Document`, the only form that Go's discovery clients ask
/// for. Numbers are those of the fields of that message. Keys that begin with `x-` become vendor extensions.
public final class OpenApiMessage {
    private static final String EXTENSION = "x-";

    private OpenApiMessage() {}

    /// The whole document.
    public static byte[] of(JsonNode swagger) {
        try {
            return message(out -> {
                text(out, 1, swagger.path("swagger"));
                JsonNode info = swagger.path("info");
                put(out, 2, inner -> {
                    text(inner, 1, info.path("title"));
                    text(inner, 2, info.path("version"));
                });
                put(out, 8, paths -> named(paths, 2, swagger.path("paths"), OpenApiMessage::path));
                put(out, 9, all -> named(all, 1, swagger.path("definitions"), OpenApiMessage::schema));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the fields of one message.
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    /// Writes the message that a JSON value stands for.
    private interface Form {
        void write(CodedOutputStream out, JsonNode value) throws IOException;
    }

    private static byte[] message(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static void put(CodedOutputStream out, int number, Body body) throws IOException {
        out.writeByteArray(number, message(body));
    }

    private static void text(CodedOutputStream out, int number, JsonNode value) throws IOException {
        if (value.isTextual() && !value.asText().isEmpty()) {
            out.writeString(number, value.asText());
        }
    }

    private static void texts(CodedOutputStream out, int number, JsonNode list) throws IOException {
        for (JsonNode each : list) {
            out.writeString(number, each.asText());
        }
    }

    /// Pairs of a name and a message.
    private static void named(CodedOutputStream out, int number, JsonNode object, Form form) throws IOException {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            put(out, number, pair -> {
                pair.writeString(1, entry.getKey());
                put(pair, 2, value -> form.write(value, entry.getValue()));
            });
        }
    }

    private static void extensions(CodedOutputStream out, int number, JsonNode object) throws IOException {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().startsWith(EXTENSION)) {
                put(out, number, pair -> {
                    pair.writeString(1, entry.getKey());
                    put(pair, 2, any -> any.writeString(2, entry.getValue() + "\n"));
                });
            }
        }
    }

    private static void path(CodedOutputStream out, JsonNode path) throws IOException {
        verb(out, 2, path.path("get"));
        verb(out, 3, path.path("put"));
        verb(out, 4, path.path("post"));
        verb(out, 5, path.path("delete"));
        verb(out, 8, path.path("patch"));
        parameters(out, 9, path.path("parameters"));
    }

    private static void verb(CodedOutputStream out, int number, JsonNode operation) throws IOException {
        if (operation.isMissingNode()) {
            return;
        }
        put(out, number, inner -> {
            texts(inner, 1, operation.path("tags"));
            text(inner, 3, operation.path("description"));
            text(inner, 5, operation.path("operationId"));
            texts(inner, 6, operation.path("produces"));
            texts(inner, 7, operation.path("consumes"));
            parameters(inner, 8, operation.path("parameters"));
            put(inner, 9, all -> named(all, 1, operation.path("responses"), OpenApiMessage::response));
            extensions(inner, 13, operation);
        });
    }

    private static void response(CodedOutputStream out, JsonNode response) throws IOException {
        put(out, 1, inner -> {
            text(inner, 1, response.path("description"));
            if (response.has("schema")) {
                put(inner, 2, item -> put(item, 1, schema -> schema(schema, response.path("schema"))));
            }
        });
    }

    private static void parameters(CodedOutputStream out, int number, JsonNode parameters) throws IOException {
        for (JsonNode each : parameters) {
            put(
                    out,
                    number,
                    item -> put(item, 1, parameter -> {
                        if (each.path("in").asText().equals("body")) {
                            put(parameter, 1, body -> body(body, each));
                        } else {
                            int where = each.path("in").asText().equals("path") ? 4 : 3;
                            put(parameter, 2, plain -> put(plain, where, one -> plain(one, each)));
                        }
                    }));
        }
    }

    private static void body(CodedOutputStream out, JsonNode parameter) throws IOException {
        text(out, 1, parameter.path("description"));
        text(out, 2, parameter.path("name"));
        text(out, 3, parameter.path("in"));
        out.writeBool(4, parameter.path("required").asBoolean());
        put(out, 5, schema -> schema(schema, parameter.path("schema")));
    }

    private static void plain(CodedOutputStream out, JsonNode parameter) throws IOException {
        boolean path = parameter.path("in").asText().equals("path");
        out.writeBool(1, parameter.path("required").asBoolean());
        text(out, 2, parameter.path("in"));
        text(out, 3, parameter.path("description"));
        text(out, 4, parameter.path("name"));
        text(out, path ? 5 : 6, parameter.path("type"));
    }

    private static void schema(CodedOutputStream out, JsonNode schema) throws IOException {
        text(out, 1, schema.path("$ref"));
        text(out, 2, schema.path("format"));
        text(out, 4, schema.path("description"));
        texts(out, 19, schema.path("required"));
        for (JsonNode value : schema.path("enum")) {
            put(out, 20, any -> any.writeString(2, value + "\n"));
        }
        if (schema.has("additionalProperties")) {
            put(out, 21, item -> put(item, 1, inner -> schema(inner, schema.path("additionalProperties"))));
        }
        if (schema.has("type")) {
            put(out, 22, type -> type.writeString(1, schema.path("type").asText()));
        }
        if (schema.has("items")) {
            put(out, 23, items -> put(items, 1, inner -> schema(inner, schema.path("items"))));
        }
        if (schema.has("properties")) {
            put(out, 25, all -> named(all, 1, schema.path("properties"), OpenApiMessage::schema));
        }
        extensions(out, 31, schema);
    }
}
