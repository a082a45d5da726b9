package dev.jobctl.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns any Kubernetes message into the JSON of the same object. Field names are the same in both; a few types are
/// written differently, and a few messages exist in protobuf only and melt into their parent.
///
/// Go writes every field that is no pointer, even when it is empty. Empty text is absent in JSON; a zero or false is
/// absent only for the fields that are no pointers in Go, since a pointer to zero (`parallelism: 0`) means zero.
final class MessageToJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// Embedded in Go: their fields stand beside those of the parent in JSON.
    static final Set<String> MELTING = Set.of(
            "volumeSource", "persistentVolumeSource", "handler", "localObjectReference", "ephemeralContainerCommon");

    /// Numbers and booleans that are no pointers in Go, and left out of JSON when zero.
    private static final Set<String> ZERO_IS_ABSENT = Set.of(
            "active",
            "count",
            "failed",
            "failureThreshold",
            "generation",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "hostPort",
            "initialDelaySeconds",
            "observedGeneration",
            "periodSeconds",
            "readOnly",
            "signal",
            "stdin",
            "stdinOnce",
            "succeeded",
            "successThreshold",
            "timeoutSeconds",
            "tty",
            "unschedulable");

    private MessageToJson() {}

    static ObjectNode object(Message message) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isMapField()) {
                object.set(field.getName(), map((List<?>) entry.getValue()));
            } else if (field.isRepeated()) {
                ArrayNode array = object.putArray(field.getName());
                ((List<?>) entry.getValue()).forEach(item -> array.add(value(item)));
            } else {
                put(object, field.getName(), entry.getValue());
            }
        }
        return object;
    }

    private static void put(ObjectNode object, String name, Object value) {
        if (value instanceof Message message && MELTING.contains(name)) {
            object.setAll(object(message));
            return;
        }
        if (value instanceof String text && text.isEmpty() || ZERO_IS_ABSENT.contains(name) && zero(value)) {
            return;
        }
        @Nullable JsonNode node = value(value);
        if (node != null) {
            object.set(name, node);
        }
    }

    private static boolean zero(Object value) {
        return value instanceof Number number ? number.longValue() == 0 : Boolean.FALSE.equals(value);
    }

    private static ObjectNode map(List<?> entries) {
        ObjectNode object = NODES.objectNode();
        for (Object each : entries) {
            Message entry = (Message) each;
            List<FieldDescriptor> parts = entry.getDescriptorForType().getFields();
            object.set(entry.getField(parts.get(0)).toString(), value(entry.getField(parts.get(1))));
        }
        return object;
    }

    /// Null for a time that is not set.
    private static @Nullable JsonNode value(Object value) {
        return switch (value) {
            case Message message -> message(message);
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            case Double number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case ByteString bytes -> NODES.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case EnumValueDescriptor name -> NODES.textNode(name.getName());
            default -> throw new IllegalArgumentException("a protobuf field of " + value.getClass());
        };
    }

    private static @Nullable JsonNode message(Message message) {
        return switch (message.getDescriptorForType().getName()) {
            case "Time", "Timestamp" -> time(message, SECONDS);
            case "MicroTime" -> time(message, MICROS);
            case "Quantity" -> NODES.textNode(text(message, "string"));
            case "IntOrString" ->
                number(message, "type") == 0
                        ? NODES.numberNode((int) number(message, "intVal"))
                        : NODES.textNode(text(message, "strVal"));
            case "FieldsV1" -> embedded(message, "Raw");
            case "RawExtension" -> embedded(message, "raw");
            case "ExtraValue" -> object(message).path("items");
            default -> object(message);
        };
    }

    private static @Nullable JsonNode time(Message message, DateTimeFormatter form) {
        if (message.getAllFields().isEmpty()) {
            return null;
        }
        Instant moment = Instant.ofEpochSecond(number(message, "seconds"), number(message, "nanos"));
        return NODES.textNode(form.format(moment));
    }

    /// JSON within protobuf.
    private static @Nullable JsonNode embedded(Message message, String field) {
        ByteString raw =
                (ByteString) message.getField(message.getDescriptorForType().findFieldByName(field));
        try {
            return raw.isEmpty() ? null : Json.MAPPER.readTree(raw.toByteArray());
        } catch (IOException e) {
            return null;
        }
    }

    private static long number(Message message, String field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByName(field))).longValue();
    }

    private static String text(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field))
                .toString();
    }
}
