package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `serviceaccounts/NAME/token`: a token for a service account, for a time, and when asked bound to a pod or Secret.
final class TokenRequests {
    private static final String GROUP = "authentication.k8s.io";
    private static final String KIND = "TokenRequest";
    private static final long LEAST_SECONDS = 600;
    private static final long MOST_SECONDS = 1L << 32;
    private static final long USUAL_SECONDS = 3600;

    private final ApiBackend backend;
    private final AccountTokens accounts;
    private final Time time;

    TokenRequests(ApiBackend backend, AccountTokens accounts, Time time) {
        this.backend = backend;
        this.accounts = accounts;
        this.time = time;
    }

    ApiResponse create(Call call, Target target) {
        ObjectVersion account = Reading.existing(backend.snapshot(), target);
        ObjectNode request = read(call);
        JsonNode spec = request.path("spec");
        long seconds = spec.path("expirationSeconds").asLong(USUAL_SECONDS);
        check(seconds);
        List<String> audiences = new ArrayList<>();
        spec.path("audiences").forEach(each -> audiences.add(each.asText()));
        @Nullable HasMetadata bound = bound(target, spec.path("boundObjectRef"));
        Duration life = Duration.ofSeconds(seconds);
        AccountTokens.Token token = accounts.issue(account.object(), audiences, life, bound);
        ObjectNode wanted = request.withObject("/spec");
        if (audiences.isEmpty()) {
            wanted.putArray("audiences").add(AccountTokens.ISSUER);
        }
        wanted.put("expirationSeconds", seconds);
        ObjectNode meta = request.putObject("metadata");
        meta.put("name", target.name()).put("namespace", target.namespace());
        meta.put("creationTimestamp", Timestamps.print(time.now()));
        ObjectNode status = request.putObject("status");
        status.put("token", call.dryRun("CreateOptions") ? "" : token.text());
        status.put("expirationTimestamp", Timestamps.print(token.expires()));
        return Replies.json(call, 201, Json.write(request));
    }

    private static ObjectNode read(Call call) {
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(Bodies.json(call));
        } catch (IOException e) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + KIND + ")");
        }
        if (!sent.path("kind").asText(KIND).equals(KIND)) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + KIND + ")");
        }
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.put("kind", KIND).put("apiVersion", GROUP + "/v1");
        request.putObject("metadata");
        request.set("spec", sent.path("spec").isObject() ? sent.get("spec") : request.objectNode());
        return request;
    }

    private static void check(long seconds) {
        if (seconds < LEAST_SECONDS) {
            throw invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > MOST_SECONDS) {
            throw invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
    }

    private static ApiError invalid(long seconds, String detail) {
        FieldError error =
                new FieldError("spec.expirationSeconds", FieldError.Type.Invalid, Long.toString(seconds), detail);
        return ApiError.invalid(GROUP, KIND, "", List.of(error));
    }

    private @Nullable HasMetadata bound(Target target, JsonNode ref) {
        if (!ref.isObject()) {
            return null;
        }
        String kind = ref.path("kind").asText();
        Kind found = switch (kind) {
            case "Pod" -> Kinds.POD;
            case "Secret" -> Kinds.SECRET;
            default ->
                throw ApiError.badRequest("cannot bind token to object of type "
                        + ref.path("apiVersion").asText() + ", Kind=" + kind);
        };
        String name = ref.path("name").asText();
        HasMetadata object = Reading.existing(backend.snapshot(), new Target(found, target.namespace(), name, ""))
                .object();
        String uid = ref.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(object.getMetadata().getUid())) {
            throw ApiError.conflict(
                    found,
                    name,
                    "the UID in the bound object reference (" + uid + ") does not match the UID in record. The object"
                            + " might have been deleted and then recreated");
        }
        if (object instanceof Pod pod
                && !target.name().equals(Settled.orEmpty(pod.getSpec().getServiceAccountName()))) {
            throw ApiError.badRequest("cannot bind token for serviceaccount \"" + target.name()
                    + "\" to pod running with different serviceaccount name.");
        }
        return object;
    }
}
