package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The API refused: carries its Status object. How it is told to the user is decided in one place, `command.Failures`.
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient JsonNode status;

    private ApiError(int code, JsonNode status) {
        super(status.path("message").asText(""));
        this.code = code;
        this.status = status;
    }

    /// From a failed answer's body; text that is no Status becomes the message of one.
    public static ApiError of(int code, byte[] body) {
        JsonNode status = statusOf(body);
        if (status == null || !status.path("kind").asText().equals("Status")) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            status = Json.MAPPER
                    .createObjectNode()
                    .put("kind", "Status")
                    .put("message", text.isEmpty() ? "the server answered " + code : text)
                    .put("code", code);
        }
        return new ApiError(code, status);
    }

    /// From a Status object, such as the one in an ERROR event of a watch.
    public static ApiError of(JsonNode status) {
        return new ApiError(status.path("code").asInt(), status);
    }

    private static @org.jspecify.annotations.Nullable JsonNode statusOf(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UncheckedIOException notJson) {
            return null;
        }
    }

    public int code() {
        return code;
    }

    /// Empty when the server gave none.
    public String reason() {
        return status.path("reason").asText("");
    }

    public JsonNode details() {
        return status.path("details");
    }

    public boolean notFound() {
        return code == 404;
    }

    /// A 404 for a path that the server does not serve at all, not for an object that is missing.
    public boolean unknownPath() {
        return code == 404 && details().path("name").asText("").isEmpty();
    }
}
