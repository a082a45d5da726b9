package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.ownership.Ownership;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.LastUsed;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps account of who owns which field, for everything that is written through the API. What controllers and nodes of
/// this process write is not accounted for: see ARCHITECTURE, "Owners of fields".
final class Accounting {
    /// As the server, in bytes.
    private static final int MAX_NAME = 128;
    private static final String NAMELESS = "unknown";

    /// So many kinds of objects are hardly created at once; the one that was not for the longest time makes room.
    private static final int RECENT = 64;

    /// Kinds of which many are made alike; none that holds somebody's secrets.
    private static final Set<Kind> ALIKE = Set.of(Kinds.JOB, Kinds.POD);

    private final Ownership ownership;
    private final Time time;
    /// What the fields of objects were that clients made again and again.
    private final Map<Made, FieldsV1> recent = Collections.synchronizedMap(new LastUsed<>(RECENT));

    /// @param sent without its name
    private record Made(Kind kind, JsonNode sent) {}

    Accounting(Ownership ownership, Time time) {
        this.ownership = ownership;
        this.time = time;
    }

    Ownership ownership() {
        return ownership;
    }

    /// The owners of a new, defaulted object.
    ///
    /// @param sent what it was made of: objects made of the same, but for their names, have the same owners
    List<ManagedFieldsEntry> created(Call call, Kind kind, JsonNode sent, HasMetadata object, String options) {
        Ownership.Writer writer = writer(call, "", options);
        if (!Settled.list(object.getMetadata().getManagedFields()).isEmpty()) {
            return entries(ownership.created(kind, Json.tree((Object) object), writer));
        }
        if (!ALIKE.contains(kind) || !Bodies.small(call)) {
            return entries(ownership.created(kind, Json.tree((Object) object), writer));
        }
        Made made = new Made(kind, nameless(sent));
        @Nullable FieldsV1 fields = recent.get(made);
        if (fields == null) {
            List<ManagedFieldsEntry> entries = entries(ownership.created(kind, Json.tree((Object) object), writer));
            if (entries.size() == 1) {
                recent.put(made, entries.getFirst().getFieldsV1());
            }
            return entries;
        }
        return List.of(new ManagedFieldsEntry(
                kind.apiVersion(),
                "FieldsV1",
                fields,
                writer.manager(),
                "Update",
                null,
                Timestamps.print(writer.now())));
    }

    private static JsonNode nameless(JsonNode sent) {
        if (!(sent instanceof ObjectNode whole && whole.get("metadata") instanceof ObjectNode metadata)) {
            return sent;
        }
        ObjectNode other = Json.MAPPER.createObjectNode();
        other.setAll(metadata);
        other.remove("name");
        ObjectNode copy = Json.MAPPER.createObjectNode();
        copy.setAll(whole);
        copy.set("metadata", other);
        return copy;
    }

    /// The owners of the next version; null where nobody keeps account.
    ///
    /// @param sent what the client says of owners
    @Nullable
    List<ManagedFieldsEntry> updated(
            Call call, Target target, JsonNode before, JsonNode after, List<ManagedFieldsEntry> sent, String options) {
        JsonNode next = after;
        if (!sent.isEmpty() && target.subresource().isEmpty()) {
            ObjectNode copy = after.deepCopy();
            copy.withObject("/metadata").set("managedFields", Json.tree((Object) sent));
            next = copy;
        }
        @Nullable
        JsonNode owners = ownership.updated(target.kind(), before, next, writer(call, target.subresource(), options));
        return owners == null ? null : entries(owners);
    }

    static List<ManagedFieldsEntry> entries(JsonNode managedFields) {
        List<ManagedFieldsEntry> entries = new ArrayList<>();
        managedFields.forEach(entry -> entries.add(Json.bind(entry, ManagedFieldsEntry.class)));
        return entries;
    }

    /// Who writes: by the parameter `fieldManager`, else by the first word of the User-Agent.
    Ownership.Writer writer(Call call, String subresource, String options) {
        String name = call.text("fieldManager").orElse("");
        check(name, options);
        if (name.isEmpty()) {
            name = program(call.request().header("user-agent").orElse(""));
        }
        return new Ownership.Writer(name.isEmpty() ? NAMELESS : name, subresource, time.now());
    }

    /// Throws [ApiError] 422 for a name that cannot be one.
    static void check(String name, String options) {
        if (name.isEmpty()) {
            return;
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw ApiError.invalidOptions(
                    options,
                    new FieldError(
                            "fieldManager",
                            FieldError.Type.TooLong,
                            null,
                            "may not be more than " + MAX_NAME + " bytes"));
        }
        if (!name.codePoints().allMatch(Accounting::printable)) {
            throw ApiError.invalidOptions(
                    options,
                    new FieldError(
                            "fieldManager",
                            FieldError.Type.Invalid,
                            Json.tree((Object) name).toString(),
                            "should only contain printable characters"));
        }
    }

    /// `kubectl` of `kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd`.
    private static String program(String agent) {
        StringBuilder name = new StringBuilder();
        int bytes = 0;
        for (int c : agent.split("/", 2)[0]
                .codePoints()
                .filter(Accounting::printable)
                .toArray()) {
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_NAME) {
                break;
            }
            name.appendCodePoint(c);
        }
        return name.toString();
    }

    private static boolean printable(int c) {
        return c == ' '
                || !Character.isISOControl(c)
                        && !Character.isWhitespace(c)
                        && Character.isDefined(c)
                        && !Character.isSpaceChar(c);
    }
}
