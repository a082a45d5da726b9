package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.apiserver.protobuf.ProtobufBody;
import dev.jobctl.resource.schema.NotJson;
import dev.jobctl.resource.schema.Problem;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.schema.StrictDecoder;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests: their size, their content type, and the object in them, held strictly against its
/// type.
final class Bodies {
    static final int MAX_BYTES = 3 * 1024 * 1024;

    /// In bytes, as sent.
    private static final int SMALL = 16 << 10;

    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private final StrictDecoder decoder;
    private final Templates templates = new Templates();

    Bodies(Schemas schemas) {
        this.decoder = new StrictDecoder(schemas);
    }

    StrictDecoder decoder() {
        return decoder;
    }

    /// What a client sent.
    ///
    /// @param tree what the object was made of
    /// @param template the pod spec that the object lacks still; null: it lacks none
    record Sent(HasMetadata object, JsonNode tree, @Nullable PodSpec template) {
        Sent(HasMetadata object, JsonNode tree) {
            this(object, tree, null);
        }
    }

    /// The object that a replace sends. `options` such as `CreateOptions`, for complaints about parameters.
    HasMetadata object(Call call, Kind kind, String options) {
        return sent(call, kind, options).object();
    }

    /// The same of a create. A pod spec that is known already is neither read nor completed again.
    Sent created(Call call, Kind kind, String options) {
        StrictDecoder.Reading reading = reading(call, kind, options);
        @Nullable PodSpec template = templates.known(call, kind, reading.tree());
        return template == null
                ? new Sent(bound(kind, reading.tree()), reading.tree())
                : new Sent(bound(kind, Templates.without(reading.tree())), reading.tree(), template);
    }

    Templates templates() {
        return templates;
    }

    /// The object and its tree.
    Sent sent(Call call, Kind kind, String options) {
        StrictDecoder.Reading reading = reading(call, kind, options);
        return new Sent(bound(kind, reading.tree()), reading.tree());
    }

    private StrictDecoder.Reading reading(Call call, Kind kind, String options) {
        Call.FieldValidation validation = call.fieldValidation(options);
        StrictDecoder.Reading reading = read(kind, json(call));
        checkKind(kind, reading);
        List<Problem> problems = reading.problems();
        boolean readable = problems.stream().allMatch(Problem::tolerable);
        boolean strict = validation == Call.FieldValidation.Strict && !problems.isEmpty();
        if (!readable || strict) {
            throw ApiError.badRequest(StrictDecoder.serverText(kind, problems));
        }
        if (validation == Call.FieldValidation.Warn) {
            problems.forEach(problem -> call.warn(problem.message()));
        }
        return reading;
    }

    /// Any other model class, such as DeleteOptions; unknown fields are let through.
    <T> T other(Call call, Class<T> type) {
        StrictDecoder.Reading reading;
        try {
            reading = decoder.read(type, json(call));
        } catch (NotJson e) {
            throw ApiError.badRequest(e.getMessage());
        }
        for (Problem problem : reading.problems()) {
            if (!problem.tolerable()) {
                throw ApiError.badRequest(problem.message());
            }
        }
        return Json.bind(reading.tree(), type);
    }

    static HasMetadata bound(Kind kind, StrictDecoder.Reading reading) {
        return bound(kind, reading.tree());
    }

    private static HasMetadata bound(Kind kind, JsonNode tree) {
        try {
            HasMetadata object = Json.bind(tree, kind.type());
            if (object.getMetadata() == null) {
                object.setMetadata(new ObjectMeta());
            }
            return object;
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest(kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a "
                    + kind.kind() + ": " + e.getMessage());
        }
    }

    /// Whether it is worth keeping what a request says. Aliases of YAML say much in little.
    static boolean small(Call call) {
        return call.request().body().length <= SMALL
                && !call.request().header("content-type").orElse("").contains("yaml");
    }

    /// The body as JSON bytes, whatever form it came in.
    static byte[] json(Call call) {
        byte[] body = bytes(call);
        MediaType type = MediaType.of(call.request().header("content-type").orElse("application/json"));
        if (type.yaml()) {
            return YamlBodies.toJson(body);
        }
        if (type.protobuf()) {
            return fromProtobuf(body);
        }
        if (!type.json() && !type.name().isEmpty()) {
            throw ApiError.unsupportedMedia(ACCEPTED);
        }
        return body;
    }

    private static byte[] fromProtobuf(byte[] body) {
        try {
            return ProtobufBody.toJson(body);
        } catch (ProtobufBody.Malformed e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    /// The body as it came. Throws [ApiError] 413 when it is too large.
    static byte[] bytes(Call call) {
        byte[] body = call.request().body();
        if (body.length > MAX_BYTES) {
            throw ApiError.tooLarge(MAX_BYTES);
        }
        return body;
    }

    private StrictDecoder.Reading read(Kind kind, byte[] json) {
        try {
            StrictDecoder.Reading reading = decoder.read(kind, json);
            if (reading.tree().isNull() || reading.tree().isMissingNode()) {
                throw unrecognized(kind, "Object 'Kind' is missing in 'null'");
            }
            return reading;
        } catch (NotJson e) {
            throw unrecognized(kind, e.getMessage());
        }
    }

    private static ApiError unrecognized(Kind kind, @Nullable String why) {
        return ApiError.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): " + why);
    }

    /// An object that does not say what it is, is taken for what the path says.
    private static void checkKind(Kind kind, StrictDecoder.Reading reading) {
        String apiVersion = reading.tree().path("apiVersion").asText();
        String name = reading.tree().path("kind").asText();
        if (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion())) {
            throw ApiError.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + kind.apiVersion() + ")");
        }
        if (!name.isEmpty() && !name.equals(kind.kind())) {
            throw ApiError.badRequest(name + " in version \"" + kind.version() + "\" cannot be handled as a "
                    + kind.kind() + ": no kind \"" + name + "\" is served here");
        }
    }
}
