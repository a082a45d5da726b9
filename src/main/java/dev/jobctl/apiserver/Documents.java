package dev.jobctl.apiserver;

import dev.jobctl.apiserver.openapi.OpenApi;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is not an object: health, version, discovery and OpenAPI. Safe from any thread.
final class Documents {
    private final ServerVersion version;
    private final OpenApi openApi;
    /// OpenAPI documents are large and costly to make, few, and never change: kept as bytes once somebody asked.
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();

    Documents(Schemas schemas, ServerVersion version) {
        this.version = version;
        this.openApi = new OpenApi(schemas, version.gitVersion());
    }

    /// Empty when the path is none of these.
    Optional<ApiResponse> answer(Call call, List<String> path) {
        return switch (String.join("/", path)) {
            case "healthz", "livez", "readyz" -> Optional.of(Replies.text(call, 200, "ok"));
            case "version" -> Optional.of(Replies.document(call, "application/json", version.facts()));
            case "openapi/v2" -> Optional.of(json(call, "v2"));
            case "openapi/v3" -> Optional.of(json(call, "v3"));
            case "" -> Optional.of(Replies.document(call, "application/json", Map.of("paths", paths())));
            default -> openApiGroup(call, path).or(() -> Discovery.answer(call, path));
        };
    }

    private Optional<ApiResponse> openApiGroup(Call call, List<String> path) {
        if (path.size() < 3 || !path.get(0).equals("openapi") || !path.get(1).equals("v3")) {
            return Optional.empty();
        }
        String group = String.join("/", path.subList(2, path.size()));
        return openApi.groups().contains(group) ? Optional.of(json(call, group)) : Optional.empty();
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
                "/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version");
    }
}
