package dev.jobctl.cli.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One request to a Kubernetes API, without its socket.
///
/// @param path decoded, without the query, such as `/apis/batch/v1/namespaces/default/jobs`
/// @param query decoded, in the order given
/// @param accept media types wanted
/// @param contentType of the body, empty without one
/// @param body empty for none
/// @param streams whether the answer's body goes on (watch, followed log), so that no time limit holds for it
public record Call(
        String method,
        String path,
        Map<String, String> query,
        String accept,
        String contentType,
        byte[] body,
        boolean streams) {
    /// What every plain request accepts.
    public static final String JSON = "application/json";

    public Call {
        query = new LinkedHashMap<>(query);
    }

    /// A request without body for a whole JSON answer.
    public static Call get(String path, Map<String, String> query) {
        return new Call("GET", path, query, JSON, "", new byte[0], false);
    }

    /// A request for a body that goes on.
    public static Call stream(String path, Map<String, String> query, String accept) {
        return new Call("GET", path, query, accept, "", new byte[0], true);
    }

    /// Path and query, percent-encoded, as they stand in a request line.
    public String target() {
        if (query.isEmpty()) {
            return path;
        }
        return path
                + query.entrySet().stream()
                        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
