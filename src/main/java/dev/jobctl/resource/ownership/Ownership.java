package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps `metadata.managedFields`: every write that goes through the API tells it what the object was and what it is.
/// Safe from any thread.
///
/// Example: `kubectl create` sets parallelism 2 and owns it. `kubectl scale` by another manager sets 3: it owns the
/// field now, and `kubectl create` does no longer. An apply with parallelism 4 is a conflict with that manager unless
/// it is forced; an apply with 3 makes both owners.
public final class Ownership {
    /// What nobody owns.
    private static final FieldSet META = paths(
            List.of("apiVersion"),
            List.of("kind"),
            List.of("metadata"),
            List.of("metadata", "name"),
            List.of("metadata", "namespace"),
            List.of("metadata", "creationTimestamp"),
            List.of("metadata", "selfLink"),
            List.of("metadata", "uid"),
            List.of("metadata", "generation"),
            List.of("metadata", "managedFields"),
            List.of("metadata", "resourceVersion"));

    private static final FieldSet STATUS = paths(List.of("status"));
    private static final FieldSet SPEC = paths(List.of("spec"));
    /// Who owned all fields of an object before the first apply to it, when nobody kept account until then.
    private static final String BEFORE = "before-first-apply";

    private final Schemas schemas;
    private final Map<Kind, ObjectNode> firstForms = new ConcurrentHashMap<>();

    public Ownership(Schemas schemas) {
        this.schemas = schemas;
    }

    /// Who writes, and when.
    ///
    /// @param subresource empty for the object itself, else such as `status`
    public record Writer(String manager, String subresource, Instant now) {
        private Owner as(Owner.Operation operation) {
            return new Owner(manager, operation, subresource);
        }

        private String time() {
            return Timestamps.print(now);
        }
    }

    /// The owners of a new object, already defaulted.
    public ArrayNode created(Kind kind, JsonNode object, Writer writer) {
        return updated(kind, firstForm(kind), object, Owners.read(sent(object)), writer)
                .json();
    }

    /// The owners after an update, or null when nobody keeps account of this object's owners.
    ///
    /// @param before as stored
    /// @param after as it will be stored; what it says of owners counts, where it says anything
    public @Nullable ArrayNode updated(Kind kind, JsonNode before, JsonNode after, Writer writer) {
        @Nullable JsonNode sent = sent(after);
        if (reset(sent)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        Owners known = Owners.read(sent);
        if (known.none()) {
            known = Owners.read(sent(before));
        }
        return known.none() ? null : updated(kind, before, after, known, writer).json();
    }

    /// One empty entry is how a client takes all owners away.
    private static boolean reset(@Nullable JsonNode sent) {
        return sent != null && sent.size() == 1 && sent.get(0).isEmpty();
    }

    private Owners updated(Kind kind, JsonNode before, JsonNode after, Owners owners, Writer writer) {
        Comparison difference = Comparison.of(type(kind), unmanaged(before), unmanaged(after));
        FieldSet taken = difference.taken().difference(META);
        Owners others = owners.without(taken).without(difference.removed());
        if (taken.isEmpty()) {
            return others;
        }
        Owner self = writer.as(Owner.Operation.Update);
        @Nullable Claim mine = others.of(self);
        FieldSet all = mine == null ? taken : mine.fields().union(taken);
        return others.with(self, new Claim(all, kind.apiVersion(), writer.time()))
                .capped();
    }

    /// Applies a configuration: see [Applied].
    ///
    /// @param live as stored, null when there is no such object
    /// @param config decoded; it names no owners
    /// @param force takes over what others own
    public Applied apply(Kind kind, @Nullable JsonNode live, JsonNode config, Writer writer, boolean force) {
        FieldType type = type(kind);
        JsonNode before = live == null ? firstForm(kind) : unmanaged(live);
        try {
            @Nullable String twice = Duplicates.find(type, config);
            if (twice != null) {
                return new Applied.Unfit(twice);
            }
            FieldSet applied = FieldWalk.fields(type, config).difference(META).withoutAllBelow(others(writer));
            Owners owners = live == null ? Owners.NONE : Owners.read(sent(live));
            if (owners.none() && live != null) {
                owners = before(kind, before, writer);
            }
            FieldSet lasting = FirstForms.paths(firstForm(kind));
            return new Applying(type, kind.apiVersion(), before, config, applied, lasting, owners)
                    .outcome(writer.as(Owner.Operation.Apply), writer.time(), force);
        } catch (FieldType.Indistinct e) {
            return new Applied.Unfit(String.valueOf(e.getMessage()));
        }
    }

    private Owners before(Kind kind, JsonNode object, Writer writer) {
        FieldSet all = Comparison.of(type(kind), firstForm(kind), object)
                .taken()
                .difference(META)
                .withoutAllBelow(STATUS);
        Owner owner = new Owner(BEFORE, Owner.Operation.Update, "");
        return Owners.NONE.with(owner, new Claim(all, kind.apiVersion(), writer.time()));
    }

    /// What a write to that part of the object cannot set.
    private static FieldSet others(Writer writer) {
        return switch (writer.subresource()) {
            case "" -> STATUS;
            case "status" -> SPEC;
            default -> new FieldSet();
        };
    }

    private FieldType type(Kind kind) {
        return FieldType.of(schemas.of(kind));
    }

    private ObjectNode firstForm(Kind kind) {
        return firstForms.computeIfAbsent(kind, k -> FirstForms.of(schemas.of(k)));
    }

    private static @Nullable JsonNode sent(JsonNode object) {
        return object.path("metadata").get("managedFields");
    }

    private static JsonNode unmanaged(JsonNode object) {
        if (sent(object) == null) {
            return object;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        ObjectNode metadata = copy.putObject("metadata");
        object.path("metadata").properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
        metadata.remove("managedFields");
        return copy;
    }

    @SafeVarargs
    private static FieldSet paths(List<String>... paths) {
        FieldSet set = new FieldSet();
        for (List<String> path : paths) {
            set.insert(path.stream().map(Steps::field).toList());
        }
        return set;
    }
}
