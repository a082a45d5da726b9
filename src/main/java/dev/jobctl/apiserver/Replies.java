package dev.jobctl.apiserver;

import dev.jobctl.apiserver.protobuf.ProtobufBody;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.yaml.YamlWriter;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts bodies, headers and warnings together.
final class Replies {
    private Replies() {}

    static final String JSON = "application/json";
    static final String YAML = "application/yaml";
    static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    /// `body` is JSON already in the wanted form; it is written down as the client accepts it.
    static ApiResponse json(Call call, int code, byte[] body) {
        Written written = written(call, body);
        return whole(call, code, written.type(), written.body());
    }

    private record Written(String type, byte[] body) {}

    private static Written written(Call call, byte[] json) {
        return switch (Form.media(call)) {
            case JSON -> new Written(JSON, json);
            case YAML -> new Written(YAML, YamlWriter.text(Json.tree(json)).getBytes(StandardCharsets.UTF_8));
            case PROTOBUF -> {
                byte @Nullable [] message = ProtobufBody.of(Json.tree(json));
                yield message == null ? new Written(JSON, json) : new Written(PROTOBUF, message);
            }
        };
    }

    /// A document that is the same for everybody, written pretty when asked.
    static ApiResponse document(Call call, String contentType, Object document) {
        byte[] body = Json.write(document);
        byte[] laidOut = Form.pretty(call) ? Encoder.pretty(body) : body;
        return contentType.equals(JSON) ? json(call, 200, laidOut) : whole(call, 200, contentType, laidOut);
    }

    static ApiResponse text(Call call, int code, String body) {
        return whole(call, code, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse plain(Call call, String contentType, String body) {
        return whole(call, 200, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse error(Call call, ApiError error) {
        Status status = error.status();
        if (status.getMetadata() == null) {
            status.setMetadata(new ListMeta());
        }
        byte[] body = Json.write(status);
        int code = status.getCode();
        Written written = written(call, Form.pretty(call) ? Encoder.pretty(body) : body);
        Map<String, String> headers = headers(call, written.type());
        if (code == 401) {
            headers.put("www-authenticate", "Bearer");
        }
        if (status.getDetails() != null && status.getDetails().getRetryAfterSeconds() != null) {
            headers.put(
                    "retry-after", status.getDetails().getRetryAfterSeconds().toString());
        }
        return new ApiResponse.Whole(code, headers, written.body());
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
