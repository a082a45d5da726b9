package dev.jobctl.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.jobctl.resource.value.Json;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads and writes `application/vnd.kubernetes.protobuf`: four bytes `k8s\0`, then an envelope that names apiVersion
/// and kind and
/// holds the message. By descriptors only: the generated message classes are never loaded.
public final class ProtobufBody {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final Descriptor ENVELOPE = Runtime.getDescriptor().findMessageTypeByName("Unknown");

    private ProtobufBody() {}

    /// The body is not what it says; the message says why.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private Malformed(String message) {
            super(message);
        }
    }

    /// The object as JSON, as a client would have written it.
    public static byte[] toJson(byte[] body) throws Malformed {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new Malformed(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            ByteString content = ByteString.copyFrom(body, MAGIC.length, body.length - MAGIC.length);
            DynamicMessage envelope = DynamicMessage.parseFrom(ENVELOPE, content);
            DynamicMessage typeMeta = (DynamicMessage) field(envelope, "typeMeta");
            String apiVersion = field(typeMeta, "apiVersion").toString();
            String kind = field(typeMeta, "kind").toString();
            @Nullable Descriptor type = type(apiVersion, kind);
            if (type == null) {
                throw new Malformed("no kind \"" + kind + "\" is known for version \"" + apiVersion + "\"");
            }
            ObjectNode tree = Json.MAPPER.createObjectNode();
            tree.put("apiVersion", apiVersion);
            tree.put("kind", kind);
            tree.setAll(MessageToJson.object(DynamicMessage.parseFrom(type, (ByteString) field(envelope, "raw"))));
            return Json.write(tree);
        } catch (InvalidProtocolBufferException e) {
            throw new Malformed("the protobuf message cannot be read: " + e.getMessage());
        }
    }

    /// An object, list or Status in its envelope; null when there is no such message, as for Tables.
    public static byte @Nullable [] of(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        @Nullable Descriptor type = type(apiVersion, kind);
        if (type == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        bytes.writeBytes(MAGIC);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeByteArray(1, typeMeta(apiVersion, kind));
            out.writeByteArray(2, JsonToMessage.bytes(type, object));
            out.writeString(3, "");
            out.writeString(4, "");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// One frame of a watch: four bytes of length, then the event with the object in its envelope.
    public static byte[] event(String type, byte[] object) {
        try {
            ByteArrayOutputStream raw = new ByteArrayOutputStream(object.length + 8);
            CodedOutputStream extension = CodedOutputStream.newInstance(raw);
            extension.writeByteArray(1, object);
            extension.flush();
            ByteArrayOutputStream event = new ByteArrayOutputStream(object.length + 32);
            CodedOutputStream out = CodedOutputStream.newInstance(event);
            out.writeString(1, type);
            out.writeByteArray(2, raw.toByteArray());
            out.flush();
            return ByteBuffer.allocate(Integer.BYTES + event.size())
                    .putInt(event.size())
                    .put(event.toByteArray())
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] typeMeta(String apiVersion, String kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, apiVersion);
        out.writeString(2, kind);
        out.flush();
        return bytes.toByteArray();
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    /// Options such as DeleteOptions are of the meta package, whatever version they name.
    private static @Nullable Descriptor type(String apiVersion, String kind) {
        boolean ofMeta = kind.endsWith("Options") || kind.equals("Status") || apiVersion.equals("meta.k8s.io/v1");
        boolean discovery = kind.startsWith("API") && apiVersion.equals("v1");
        @Nullable Descriptor meta = ofMeta || discovery ? Meta.getDescriptor().findMessageTypeByName(kind) : null;
        @Nullable FileDescriptor file = file(apiVersion);
        @Nullable Descriptor own = file == null ? null : file.findMessageTypeByName(kind);
        return own == null ? meta : own;
    }

    private static @Nullable FileDescriptor file(String apiVersion) {
        return switch (apiVersion) {
            case "v1" -> V1.getDescriptor();
            case "batch/v1" -> V1Batch.getDescriptor();
            case "policy/v1" -> V1Policy.getDescriptor();
            case "events.k8s.io/v1" -> V1Events.getDescriptor();
            case "coordination.k8s.io/v1" -> V1Coordination.getDescriptor();
            case "rbac.authorization.k8s.io/v1" -> V1Rbac.getDescriptor();
            case "authentication.k8s.io/v1" -> V1Authentication.getDescriptor();
            case "authorization.k8s.io/v1" -> V1Authorization.getDescriptor();
            case "scheduling.k8s.io/v1" -> V1Scheduling.getDescriptor();
            case "discovery.k8s.io/v1" -> V1Discovery.getDescriptor();
            case "node.k8s.io/v1" -> V1Node.getDescriptor();
            default -> null;
        };
    }
}
