package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.access.Certified;
import dev.jobctl.resource.value.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Translates between Vert.x and the API's own types. Pure but for the WebSocket it writes to.
final class Requests {
    private Requests() {}

    /// What comes before the body. Null when path or query are not properly percent-encoded.
    static @Nullable ApiRequest read(HttpServerRequest request, Certified certified) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (one, other) -> one + ", " + other));
        @Nullable String path = request.path();
        try {
            return new ApiRequest(
                    request.method().name(),
                    path == null ? "/" : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8),
                    query(request.query()),
                    headers,
                    new byte[0],
                    certified);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// A Status of kind Failure.
    static byte[] status(int code, String reason, String message) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        status.put("reason", reason);
        status.put("code", code);
        return Json.write(status);
    }

    /// Writes each non-empty line as one text message; completes with the last of them.
    static Future<Void> messages(ServerWebSocket socket, Buffer text) {
        Future<Void> last = Future.succeededFuture();
        for (String line : text.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                last = socket.writeTextMessage(line);
            }
        }
        return last;
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            query.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
