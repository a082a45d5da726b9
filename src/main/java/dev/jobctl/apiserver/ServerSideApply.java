package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.apiserver.access.Access;
import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.resource.ownership.Applied;
import dev.jobctl.resource.ownership.Ownership;
import dev.jobctl.resource.schema.NotJson;
import dev.jobctl.resource.schema.Problem;
import dev.jobctl.resource.schema.StrictDecoder;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// PATCH with `application/apply-patch+yaml`: the client sends what it wants and the server finds out what that means
/// for what is there, who owns it, and what nobody wants any more.
final class ServerSideApply {
    private static final String OPTIONS = "PatchOptions";

    private final ApiBackend backend;
    private final Writing writing;
    private final Bodies bodies;
    private final Accounting accounting;

    ServerSideApply(ApiBackend backend, Writing writing, Bodies bodies, Accounting accounting) {
        this.backend = backend;
        this.writing = writing;
        this.bodies = bodies;
        this.accounting = accounting;
    }

    ApiResponse apply(Call call, Target target) {
        if (call.text("fieldManager").isEmpty()) {
            throw ApiError.invalidOptions(
                    OPTIONS,
                    new FieldError("fieldManager", FieldError.Type.Required, null, "is required for apply patch"));
        }
        boolean force = call.flag("force");
        Ownership.Writer writer = accounting.writer(call, target.subresource(), OPTIONS);
        JsonNode config = config(call, target);
        @Nullable
        Entry<ObjectVersion> found = backend.snapshot().get(target.key().path());
        if (found == null) {
            return create(call, target, config, writer);
        }
        return writing.update(call, target, OPTIONS, current -> next(target, current, config, writer, force));
    }

    private ApiResponse create(Call call, Target target, JsonNode config, Ownership.Writer writer) {
        if (!target.subresource().isEmpty()) {
            throw ApiError.notFound(target.kind(), target.name());
        }
        Kind kind = target.kind();
        Deed deed = Deed.onResource("create", kind.group(), kind.plural(), target.namespace(), target.name());
        Access.Verdict verdict = Access.decide(backend.snapshot(), call.who(), deed);
        if (!verdict.allowed()) {
            throw ApiError.forbidden(deed, call.who().user(), verdict.reason());
        }
        String uid = config.path("metadata").path("uid").asText();
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    target.kind(),
                    target.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        return switch (accounting.ownership().apply(target.kind(), null, config, writer, false)) {
            case Applied.Merged(ObjectNode object) -> {
                List<ManagedFieldsEntry> owners = owners(object);
                HasMetadata created = bound(target.kind(), object);
                created.getMetadata().setName(target.name());
                created.getMetadata().setResourceVersion(null);
                yield writing.create(call, target, new Bodies.Sent(created, object), owners, OPTIONS);
            }
            case Applied.Same same -> throw ApiError.internal("an apply that creates nothing");
            case Applied.Conflicts(var conflicts) -> throw conflict(conflicts);
            case Applied.Unfit(String why) -> throw unfit(target, why);
        };
    }

    private Writing.Next next(
            Target target, ObjectVersion current, JsonNode config, Ownership.Writer writer, boolean force) {
        Applied applied = accounting.ownership().apply(target.kind(), Json.tree(current.json()), config, writer, force);
        return switch (applied) {
            case Applied.Merged(ObjectNode object) -> new Writing.Next(bound(target.kind(), object), owners(object));
            case Applied.Same same -> Writing.Next.unaccounted(Json.copy(current.object()));
            case Applied.Conflicts(var conflicts) -> throw conflict(conflicts);
            case Applied.Unfit(String why) -> throw unfit(target, why);
        };
    }

    private static List<ManagedFieldsEntry> owners(JsonNode object) {
        return Accounting.entries(object.path("metadata").path("managedFields"));
    }

    private HasMetadata bound(Kind kind, JsonNode tree) {
        return Bodies.bound(kind, bodies.decoder().read(kind, tree));
    }

    /// The body, checked. What the real server finds only when it applies is said in its words.
    private JsonNode config(Call call, Target target) {
        Kind kind = target.kind();
        JsonNode sent = parsed(call);
        String apiVersion = sent.path("apiVersion").asText();
        if (apiVersion.isEmpty() || !sent.path("kind").asText().equals(kind.kind())) {
            throw ApiError.badRequest("invalid object type: " + apiVersion + ", Kind="
                    + sent.path("kind").asText());
        }
        if (!apiVersion.equals(kind.apiVersion())) {
            throw ApiError.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + apiVersion + ", expected: " + kind.apiVersion());
        }
        if (!sent.path("metadata").path("managedFields").isEmpty()) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        checkPlace(target, sent.path("metadata"));
        StrictDecoder.Reading reading = bodies.decoder().read(kind, sent);
        if (!reading.problems().isEmpty()) {
            throw unfit(target, reason(reading.problems()));
        }
        return reading.tree();
    }

    private static void checkPlace(Target target, JsonNode metadata) {
        String name = metadata.path("name").asText();
        if (!name.isEmpty() && !name.equals(target.name())) {
            throw ApiError.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + target.name() + ")");
        }
        String namespace = metadata.path("namespace").asText();
        if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
            throw ApiError.badRequest("the namespace of the object (" + namespace
                    + ") does not match the namespace on the URL (" + target.namespace() + ")");
        }
    }

    private static JsonNode parsed(Call call) {
        try {
            JsonNode tree = Json.MAPPER.readTree(YamlBodies.toJson(Bodies.bytes(call)));
            if (tree.isObject()) {
                return tree;
            }
        } catch (NotJson | java.io.IOException e) {
            throw ApiError.badRequest("error decoding YAML: " + e.getMessage());
        }
        throw ApiError.badRequest("error decoding YAML: the patch must be an object");
    }

    private static String reason(List<Problem> problems) {
        List<String> texts = problems.stream()
                .map(problem -> problem.type() == Problem.Type.UNKNOWN_FIELD
                        ? "." + problem.path() + ": field not declared in schema"
                        : "." + problem.path() + ": " + problem.message())
                .toList();
        return texts.size() == 1 ? texts.getFirst() : "errors:\n  " + String.join("\n  ", texts);
    }

    /// The real server says the same with 500, though it is the client's fault.
    private static ApiError unfit(Target target, String why) {
        String about = (target.namespace().isEmpty() ? "" : target.namespace()) + "/" + target.name() + "; "
                + target.kind().apiVersion() + ", Kind=" + target.kind().kind();
        return ApiError.badRequest("failed to create typed patch object (" + about + "): " + why);
    }

    private static ApiError conflict(List<Applied.Conflict> conflicts) {
        StatusDetails details = new StatusDetails();
        List<StatusCause> causes = new ArrayList<>();
        Map<String, List<String>> byOwner = new TreeMap<>();
        for (Applied.Conflict each : conflicts) {
            causes.add(new StatusCause(each.path(), "conflict with " + each.who(), "FieldManagerConflict"));
            byOwner.computeIfAbsent(each.who(), who -> new ArrayList<>()).add(each.path());
        }
        details.setCauses(causes);
        return ApiError.of(409, "Conflict", text(conflicts, byOwner), details);
    }

    private static String text(List<Applied.Conflict> conflicts, Map<String, List<String>> byOwner) {
        if (conflicts.size() == 1) {
            Applied.Conflict only = conflicts.getFirst();
            return "Apply failed with 1 conflict: conflict with " + only.who() + ": " + only.path();
        }
        return byOwner.entrySet().stream()
                .map(each -> "conflicts with " + each.getKey() + ":\n- " + String.join("\n- ", each.getValue()))
                .collect(Collectors.joining("\n", "Apply failed with " + conflicts.size() + " conflicts: ", ""));
    }
}
