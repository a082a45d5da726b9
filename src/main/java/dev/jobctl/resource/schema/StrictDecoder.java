package dev.jobctl.resource.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Kind;
import java.util.List;

/// Holds a document against its type as the API server does.
public final class StrictDecoder {
    private final Schemas schemas;

    public StrictDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    /// A document as the server takes it.
    ///
    /// @param tree without unknown fields and without nulls that mean "absent"; of duplicates the last one counts. Fit for `Json.bind` when no problem is a wrong type
    public record Reading(JsonNode tree, List<Problem> problems) {}

    /// From bytes, so that duplicate fields are found. Throws [NotJson] when they are no JSON.
    public Reading read(Kind kind, byte[] json) {
        throw new UnsupportedOperationException(schemas.toString() + kind + json.length);
    }

    /// As [#read(Kind, byte[])] for any model class, such as `DeleteOptions.class`.
    public Reading read(Class<?> type, byte[] json) {
        throw new UnsupportedOperationException(schemas.toString() + type + json.length);
    }

    /// A tree that came from elsewhere (YAML, a patch): no duplicates can be found.
    public Reading read(Kind kind, JsonNode tree) {
        throw new UnsupportedOperationException(schemas.toString() + kind + tree);
    }

    /// The server's whole text: `Job in version "v1" cannot be handled as a Job: strict decoding error: unknown field "spec.foo"`.
    /// The problems must not be empty.
    public static String serverText(Kind kind, List<Problem> problems) {
        throw new UnsupportedOperationException(kind.toString() + problems);
    }
}
