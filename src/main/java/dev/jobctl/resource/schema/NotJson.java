package dev.jobctl.resource.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.charset.StandardCharsets;

/// The bytes are no JSON document. The message says why, in the server's words.
public final class NotJson extends RuntimeException {
    private NotJson(String message, Throwable cause) {
        super(message, cause);
    }

    static NotJson of(JsonProcessingException error, byte[] json) {
        long at = error.getLocation() == null ? -1 : error.getLocation().getByteOffset();
        if (json.length == 0 || error instanceof JsonEOFException || at >= json.length) {
            return new NotJson("unexpected end of JSON input", error);
        }
        if (at < 0) {
            return new NotJson(error.getOriginalMessage(), error);
        }
        String rest = new String(json, (int) at, Math.min(4, json.length - (int) at), StandardCharsets.UTF_8);
        return new NotJson(
                "invalid character '%s' at line %d, column %d"
                        .formatted(
                                rest.codePoints()
                                        .mapToObj(Character::toString)
                                        .findFirst()
                                        .orElse(""),
                                error.getLocation().getLineNr(),
                                error.getLocation().getColumnNr()),
                error);
    }
}
