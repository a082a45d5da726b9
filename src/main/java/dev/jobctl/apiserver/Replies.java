package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Json;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts bodies, headers and warnings together.
final class Replies {
    private Replies() {}

    /// `body` is JSON already in the wanted form.
    static ApiResponse json(Call call, int code, byte[] body) {
        return whole(call, code, "application/json", body);
    }

    /// A document that is the same for everybody, written pretty when asked.
    static ApiResponse document(Call call, String contentType, Object document) {
        byte[] body = Json.write(document);
        return whole(call, 200, contentType, Form.pretty(call) ? Encoder.pretty(body) : body);
    }

    static ApiResponse text(Call call, int code, String body) {
        return whole(call, code, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse error(Call call, ApiError error) {
        Status status = error.status();
        if (status.getMetadata() == null) {
            status.setMetadata(new ListMeta());
        }
        byte[] body = Json.write(status);
        int code = status.getCode();
        Map<String, String> headers = headers(call, "application/json");
        if (code == 401) {
            headers.put("www-authenticate", "Bearer");
        }
        if (status.getDetails() != null && status.getDetails().getRetryAfterSeconds() != null) {
            headers.put(
                    "retry-after", status.getDetails().getRetryAfterSeconds().toString());
        }
        return new ApiResponse.Whole(code, headers, Form.pretty(call) ? Encoder.pretty(body) : body);
    }

    static Map<String, String> headers(Call call, String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.put("cache-control", "no-cache, private");
        headers.putAll(call.warningHeader());
        return headers;
    }

    private static ApiResponse whole(Call call, int code, String contentType, byte[] body) {
        return new ApiResponse.Whole(code, headers(call, contentType), body);
    }
}
