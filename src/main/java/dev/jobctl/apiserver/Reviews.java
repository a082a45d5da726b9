package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.apiserver.access.Access;
import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.apiserver.access.Identity;
import dev.jobctl.apiserver.access.Tokens;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Questions that are asked by creating an object which is never stored: who am I, what may I do, whose token is this.
final class Reviews {
    private static final String RESOURCE = "resourceAttributes";
    private static final String PATH = "nonResourceAttributes";

    private final ApiBackend backend;
    private final Tokens tokens;
    private final AccountTokens accounts;
    private final Time time;

    Reviews(ApiBackend backend, Tokens tokens, AccountTokens accounts, Time time) {
        this.backend = backend;
        this.tokens = tokens;
        this.accounts = accounts;
        this.time = time;
    }

    /// Empty when the path names none of these.
    Optional<ApiResponse> answer(Call call, List<String> path) {
        Optional<ReviewKind> found = ReviewKind.at(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!call.request().method().equals("POST")) {
            throw ApiError.methodNotAllowed();
        }
        ReviewKind kind = found.get();
        ObjectNode review = read(call, kind);
        ObjectNode status = review.putObject("status");
        JsonNode spec = review.path("spec");
        switch (kind) {
            case SELF_SUBJECT_REVIEW -> user(status.putObject("userInfo"), call.who());
            case TOKEN_REVIEW -> token(spec, status);
            case SELF_ACCESS -> access(kind, call.who(), spec, status);
            case ACCESS -> access(kind, subject(kind, spec), spec, status);
            case LOCAL_ACCESS -> {
                local(kind, spec, path.get(4));
                access(kind, subject(kind, spec), spec, status);
            }
            case SELF_RULES -> rules(call.who(), spec, status);
        }
        if (!review.path("metadata").has("creationTimestamp") && kind == ReviewKind.SELF_SUBJECT_REVIEW) {
            review.withObject("/metadata").put("creationTimestamp", Timestamps.print(time.now()));
        }
        return Optional.of(Replies.json(call, 201, Json.write(review)));
    }

    private static ObjectNode read(Call call, ReviewKind kind) {
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(Bodies.json(call));
        } catch (IOException e) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): "
                    + "the body is not JSON");
        }
        String name = sent.path("kind").asText();
        if (!sent.isObject() || !name.isEmpty() && !name.equals(kind.kind())) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + kind.kind()
                    + "): found \"" + name + "\"");
        }
        ObjectNode review = Json.MAPPER.createObjectNode();
        review.put("kind", kind.kind()).put("apiVersion", kind.group() + "/v1");
        review.set("metadata", sent.path("metadata").isObject() ? sent.get("metadata") : review.objectNode());
        if (kind != ReviewKind.SELF_SUBJECT_REVIEW) {
            review.set("spec", sent.path("spec").isObject() ? sent.get("spec") : review.objectNode());
        }
        return typed(review, kind);
    }

    /// With every field of its own type, as the answer repeats them.
    private static ObjectNode typed(ObjectNode review, ReviewKind kind) {
        try {
            ObjectNode read = Json.MAPPER.valueToTree(Json.MAPPER.convertValue(review, kind.type()));
            read.withObject("/metadata");
            return read;
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + kind.kind()
                    + "): a field is not of its type");
        }
    }

    private static void user(ObjectNode to, Identity who) {
        to.put("username", who.user());
        if (!who.uid().isEmpty()) {
            to.put("uid", who.uid());
        }
        who.groups().forEach(to.putArray("groups")::add);
        if (!who.extra().isEmpty()) {
            ObjectNode extra = to.putObject("extra");
            who.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
    }

    private void token(JsonNode spec, ObjectNode status) {
        String token = spec.path("token").asText();
        List<String> audiences = new ArrayList<>();
        spec.path("audiences").forEach(each -> audiences.add(each.asText()));
        if (audiences.isEmpty()) {
            audiences.add(AccountTokens.ISSUER);
        }
        Optional<AccountTokens.Known> known = accounts.check(token, audiences);
        if (known.isEmpty() && audiences.contains(AccountTokens.ISSUER)) {
            known = tokens.identify(token).map(who -> new AccountTokens.Known(who, List.of(AccountTokens.ISSUER)));
        }
        if (known.isEmpty()) {
            user(status.putObject("user"), Identity.of("", List.of()));
            status.put("error", "[invalid bearer token]");
            status.replace("user", status.objectNode());
            return;
        }
        status.put("authenticated", true);
        user(status.putObject("user"), known.get().who());
        known.get().audiences().forEach(status.putArray("audiences")::add);
    }

    private static Identity subject(ReviewKind kind, JsonNode spec) {
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(each -> groups.add(each.asText()));
        Map<String, List<String>> extra = new LinkedHashMap<>();
        spec.path("extra").properties().forEach(each -> {
            List<String> values = new ArrayList<>();
            each.getValue().forEach(value -> values.add(value.asText()));
            extra.put(each.getKey(), values);
        });
        String user = spec.path("user").asText();
        if (user.isEmpty() && groups.isEmpty()) {
            throw invalid(kind, "spec.user", "\"\"", "at least one of user or group must be specified");
        }
        return new Identity(user, spec.path("uid").asText(), groups, extra);
    }

    private static void local(ReviewKind kind, JsonNode spec, String namespace) {
        if (!spec.path(RESOURCE).path("namespace").asText().equals(namespace)) {
            throw invalid(
                    kind,
                    "spec.resourceAttributes.namespace",
                    "\"" + spec.path(RESOURCE).path("namespace").asText() + "\"",
                    "must match metadata.namespace: " + namespace);
        }
    }

    private void access(ReviewKind kind, Identity who, JsonNode spec, ObjectNode status) {
        boolean resource = spec.path(RESOURCE).isObject();
        boolean path = spec.path(PATH).isObject();
        if (resource == path) {
            throw invalid(
                    kind,
                    "spec.resourceAttributes",
                    "null",
                    resource
                            ? "cannot be specified in combination with nonResourceAttributes"
                            : "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        Deed deed = path ? onPath(spec.path(PATH)) : onResource(spec.path(RESOURCE));
        Access.Verdict verdict = Access.decide(backend.snapshot(), who, deed);
        status.put("allowed", verdict.allowed());
        if (!verdict.reason().isEmpty()) {
            status.put("reason", verdict.reason());
        }
    }

    private static Deed onPath(JsonNode asked) {
        return Deed.onPath(asked.path("verb").asText(), asked.path("path").asText());
    }

    private static Deed onResource(JsonNode asked) {
        return new Deed(
                asked.path("verb").asText(),
                asked.path("group").asText(),
                asked.path("resource").asText(),
                asked.path("subresource").asText(),
                asked.path("namespace").asText(),
                asked.path("name").asText(),
                "");
    }

    private void rules(Identity who, JsonNode spec, ObjectNode status) {
        String namespace = spec.path("namespace").asText();
        if (namespace.isEmpty()) {
            throw ApiError.badRequest("no namespace on request");
        }
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        for (PolicyRule rule : Access.rules(backend.snapshot(), who, namespace)) {
            (rule.getResources() == null || rule.getResources().isEmpty() ? paths : resources)
                    .add(Json.tree((Object) rule));
        }
        status.put("incomplete", false);
    }

    private static ApiError invalid(ReviewKind kind, String field, String value, String detail) {
        return ApiError.invalid(
                kind.group(), kind.kind(), "", List.of(new FieldError(field, FieldError.Type.Invalid, value, detail)));
    }
}
