package dev.jobctl.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.patch.PatchError;
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.schema.Problem;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.schema.StrictDecoder;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The PATCH verb in its three forms; the fourth is [ServerSideApply]'s. The patch is applied to the newest version,
/// and anew when another change was
/// quicker.
final class Patching {
    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final Writing writing;
    private final Bodies bodies;
    private final Schemas schemas;
    private final ServerSideApply apply;

    Patching(Writing writing, Bodies bodies, Schemas schemas, ServerSideApply apply) {
        this.writing = writing;
        this.bodies = bodies;
        this.schemas = schemas;
        this.apply = apply;
    }

    ApiResponse patch(Call call, Target target) {
        if (type(call).equals(APPLY)) {
            return apply.apply(call, target);
        }
        if (call.text("force").isPresent()) {
            throw ApiError.invalidOptions(
                    "PatchOptions",
                    new FieldError(
                            "force", FieldError.Type.Forbidden, null, "may not be specified for non-apply patch"));
        }
        Call.FieldValidation validation = call.fieldValidation("PatchOptions");
        UnaryOperator<JsonNode> patch = patch(call, target.kind());
        return writing.update(
                call,
                target,
                "PatchOptions",
                current -> Writing.Next.unaccounted(patched(call, target.kind(), current, patch, validation)));
    }

    private static String type(Call call) {
        return MediaType.of(call.request().header("content-type").orElse("")).name();
    }

    private UnaryOperator<JsonNode> patch(Call call, Kind kind) {
        return switch (type(call)) {
            case JSON -> {
                JsonNode patch = tree(call);
                if (!patch.isArray()) {
                    throw ApiError.badRequest("a JSON patch must be a list of operations");
                }
                yield tree -> Patches.json(tree, patch);
            }
            case MERGE -> {
                JsonNode patch = object(call);
                yield tree -> Patches.merge(tree, patch);
            }
            case STRATEGIC -> {
                JsonNode patch = object(call);
                yield tree -> Patches.strategic(schemas.of(kind), tree, patch);
            }
            default -> throw ApiError.unsupportedMedia(accepted());
        };
    }

    private static String accepted() {
        return String.join(", ", List.of(JSON, MERGE, STRATEGIC, APPLY));
    }

    private HasMetadata patched(
            Call call,
            Kind kind,
            ObjectVersion current,
            UnaryOperator<JsonNode> patch,
            Call.FieldValidation validation) {
        JsonNode tree;
        try {
            tree = patch.apply(Json.tree(current.json()));
        } catch (PatchError e) {
            throw error(e);
        }
        StrictDecoder.Reading reading = bodies.decoder().read(kind, tree);
        List<Problem> problems = reading.problems();
        boolean readable = problems.stream().allMatch(Problem::tolerable);
        if (!readable || validation == Call.FieldValidation.Strict && !problems.isEmpty()) {
            throw unreadable(tree, problems, readable);
        }
        if (validation == Call.FieldValidation.Warn) {
            problems.forEach(problem -> call.warn(problem.message()));
        }
        return Bodies.bound(kind, reading);
    }

    /// The outcome of the patch is no such object. The real server names no object here either.
    private static ApiError unreadable(JsonNode tree, List<Problem> problems, boolean readable) {
        String all = problems.stream()
                .filter(problem -> readable || !problem.tolerable())
                .map(Problem::message)
                .collect(Collectors.joining(", "));
        String detail = readable ? "strict decoding error: " + all : all;
        FieldError error = new FieldError("patch", FieldError.Type.Invalid, quoted(tree), detail);
        return ApiError.invalid("", "", "", List.of(error));
    }

    private static String quoted(JsonNode tree) {
        return Json.tree((Object) tree.toString()).toString();
    }

    private static ApiError error(PatchError e) {
        if (e.code() == 400) {
            return ApiError.badRequest(e.getMessage());
        }
        if (e.code() == 413) {
            return ApiError.of(413, "RequestEntityTooLarge", "Request entity too large: " + e.getMessage());
        }
        if (e.code() == 422) {
            return ApiError.of(422, "Invalid", "the server rejected our request due to an error in our request");
        }
        // The real server says 500 to a patch that does not fit the lists of the object; it is the client's fault.
        return ApiError.of(422, "Invalid", String.valueOf(e.getMessage()));
    }

    private static JsonNode object(Call call) {
        JsonNode tree = tree(call);
        if (!tree.isObject()) {
            throw ApiError.badRequest("the patch must be an object");
        }
        return tree;
    }

    private static JsonNode tree(Call call) {
        try {
            JsonNode tree = Json.MAPPER.readTree(Bodies.bytes(call));
            if (tree.isMissingNode()) {
                throw ApiError.badRequest("the patch is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("error decoding patch: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest("error decoding patch: " + e.getMessage());
        }
    }
}
