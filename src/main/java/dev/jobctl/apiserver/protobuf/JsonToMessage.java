package dev.jobctl.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.jobctl.resource.value.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the JSON of an object as the message of the same object: the way back of [MessageToJson]. What the message
/// does not know is left out, as an older program would.
final class JsonToMessage {
    private JsonToMessage() {}

    /// The message without envelope.
    static byte[] bytes(Descriptor type, JsonNode object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        message(out, type, object);
        out.flush();
        return bytes.toByteArray();
    }

    private static void message(CodedOutputStream out, Descriptor type, JsonNode value) throws IOException {
        switch (type.getName()) {
            case "Time", "Timestamp", "MicroTime" -> time(out, value.asText());
            case "Quantity" -> out.writeString(1, value.asText());
            case "IntOrString" -> {
                out.writeInt64(1, value.isTextual() ? 1 : 0);
                out.writeInt32(2, value.isTextual() ? 0 : value.asInt());
                out.writeString(3, value.isTextual() ? value.asText() : "");
            }
            case "FieldsV1", "RawExtension" -> out.writeByteArray(1, Json.write(value));
            case "ExtraValue" -> field(out, type.findFieldByName("items"), value);
            default -> fields(out, type, value);
        }
    }

    private static void fields(CodedOutputStream out, Descriptor type, JsonNode object) throws IOException {
        Map<FieldDescriptor, ObjectNode> melted = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            @Nullable FieldDescriptor field = type.findFieldByName(entry.getKey());
            if (value.isNull()) {
                continue;
            }
            if (field != null) {
                field(out, field, value);
            } else {
                melt(type, entry.getKey(), value, melted);
            }
        }
        for (Map.Entry<FieldDescriptor, ObjectNode> each : melted.entrySet()) {
            inner(out, each.getKey(), each.getValue());
        }
    }

    /// Fields of a struct that Go embeds stand beside those of the parent in JSON.
    private static void melt(Descriptor type, String name, JsonNode value, Map<FieldDescriptor, ObjectNode> melted) {
        for (FieldDescriptor field : type.getFields()) {
            if (MessageToJson.MELTING.contains(field.getName()) && knows(field.getMessageType(), name)) {
                melted.computeIfAbsent(field, f -> JsonNodeFactory.instance.objectNode())
                        .set(name, value);
                return;
            }
        }
    }

    private static boolean knows(Descriptor type, String name) {
        return type.findFieldByName(name) != null
                || type.getFields().stream()
                        .anyMatch(field ->
                                MessageToJson.MELTING.contains(field.getName()) && knows(field.getMessageType(), name));
    }

    private static void field(CodedOutputStream out, FieldDescriptor field, JsonNode value) throws IOException {
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
                CodedOutputStream pair = CodedOutputStream.newInstance(bytes);
                pair.writeString(1, each.getKey());
                one(pair, entry.findFieldByNumber(2), each.getValue());
                pair.flush();
                out.writeByteArray(field.getNumber(), bytes.toByteArray());
            }
        } else if (field.isRepeated()) {
            for (JsonNode item : value) {
                one(out, field, item);
            }
        } else {
            one(out, field, value);
        }
    }

    private static void one(CodedOutputStream out, FieldDescriptor field, JsonNode value) throws IOException {
        int number = field.getNumber();
        switch (field.getType()) {
            case MESSAGE -> inner(out, field, value);
            case STRING -> out.writeString(number, value.asText());
            case INT32 -> out.writeInt32(number, value.asInt());
            case INT64 -> out.writeInt64(number, value.asLong());
            case BOOL -> out.writeBool(number, value.asBoolean());
            case DOUBLE -> out.writeDouble(number, value.asDouble());
            case BYTES -> out.writeByteArray(number, Base64.getDecoder().decode(value.asText()));
            default -> throw new IllegalArgumentException("a protobuf field of type " + field.getType());
        }
    }

    private static void inner(CodedOutputStream out, FieldDescriptor field, JsonNode value) throws IOException {
        out.writeByteArray(field.getNumber(), bytes(field.getMessageType(), value));
    }

    /// A time that cannot be read is the one that is not set.
    private static void time(CodedOutputStream out, String text) throws IOException {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            out.writeInt64(1, moment.getEpochSecond());
            out.writeInt32(2, moment.getNano());
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                throw new IllegalArgumentException("not a time: " + text.getBytes(StandardCharsets.UTF_8).length, e);
            }
        }
    }
}
