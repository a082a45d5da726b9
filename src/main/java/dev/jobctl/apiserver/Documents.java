package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.apiserver.metrics.Metrics;
import dev.jobctl.apiserver.openapi.OpenApi;
import dev.jobctl.apiserver.protobuf.OpenApiMessage;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is not an object: health, version, discovery and OpenAPI. Safe from any thread.
final class Documents {
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String MESSAGE_ASKED = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private static final String MESSAGE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final String CUSTOM = "apiextensions.k8s.io";

    private final ServerVersion version;
    private final OpenApi openApi;
    private final Health health;
    private final Metrics metrics;
    private final AccountTokens accounts;
    /// OpenAPI documents are large and costly to make, few, and never change: kept as bytes once somebody asked.
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();

    Documents(ApiServer.Parts parts) {
        Schemas schemas = parts.schemas();
        this.version = parts.version();
        this.health = new Health(parts.backend());
        this.metrics = parts.metrics();
        this.accounts = parts.accounts();
        this.openApi = new OpenApi(schemas, version.gitVersion());
    }

    /// Empty when the path is none of these.
    Optional<ApiResponse> answer(Call call, List<String> path) {
        return switch (String.join("/", path)) {
            case "metrics" -> Optional.of(Replies.plain(call, METRICS, metrics.text()));
            case ".well-known/openid-configuration" ->
                Optional.of(Replies.document(call, "application/json", AccountTokens.configuration()));
            case "openid/v1/jwks" -> Optional.of(Replies.document(call, "application/jwk-set+json", accounts.keys()));
            case "version" -> Optional.of(Replies.document(call, "application/json", version.facts()));
            case "openapi/v2" -> Optional.of(binary(call) ? message(call) : json(call, "v2"));
            case "openapi/v3" -> Optional.of(json(call, "v3"));
            case "" -> Optional.of(Replies.document(call, "application/json", Map.of("paths", paths())));
            default ->
                openApiGroup(call, path).or(() -> health.answer(call, path)).or(() -> Discovery.answer(call, path));
        };
    }

    /// What to say of a path that names nothing. Custom resources are left out on purpose.
    static ApiError unknown(List<String> path) {
        boolean custom =
                path.size() > 1 && path.get(0).equals("apis") && path.get(1).equals(CUSTOM);
        return custom
                ? ApiError.of(
                        404,
                        "NotFound",
                        "the server could not find the requested resource: custom resources are not served here; use a"
                                + " cluster for programs that define their own")
                : ApiError.noSuchPath();
    }

    private Optional<ApiResponse> openApiGroup(Call call, List<String> path) {
        if (path.size() < 3 || !path.get(0).equals("openapi") || !path.get(1).equals("v3")) {
            return Optional.empty();
        }
        String group = String.join("/", path.subList(2, path.size()));
        return openApi.groups().contains(group) ? Optional.of(json(call, group)) : Optional.empty();
    }

    /// Go's discovery client asks for this form only.
    private static boolean binary(Call call) {
        for (MediaType clause :
                MediaType.accepted(call.request().header("accept").orElse(""))) {
            if (clause.name().equals(MESSAGE_ASKED) || clause.name().equals(MESSAGE)) {
                return true;
            }
            if (clause.json()) {
                return false;
            }
        }
        return false;
    }

    private ApiResponse message(Call call) {
        byte[] body = made.computeIfAbsent(MESSAGE, name -> OpenApiMessage.of(openApi.v2()));
        return new ApiResponse.Whole(200, Replies.headers(call, MESSAGE), body);
    }

    private ApiResponse json(Call call, String name) {
        Form.of(call);
        byte[] body = made.computeIfAbsent(name, this::make);
        return Replies.json(call, 200, body);
    }

    private byte[] make(String name) {
        return switch (name) {
            case "v2" -> Json.write(openApi.v2());
            case "v3" -> Json.write(openApi.v3Index());
            default -> Json.write(openApi.v3(name).orElseThrow());
        };
    }

    private static List<String> paths() {
        return List.of(
                "/.well-known/openid-configuration",
                "/api",
                "/api/v1",
                "/apis",
                "/healthz",
                "/livez",
                "/metrics",
                "/openapi/v2",
                "/openapi/v3",
                "/openid/v1/jwks",
                "/readyz",
                "/version");
    }
}
