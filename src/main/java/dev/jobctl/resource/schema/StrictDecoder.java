package dev.jobctl.resource.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.std.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/// Holds a document against its type as the API server does, in one pass: finds unknown and duplicate fields and wrong
/// types, and brings the rest into the form that is stored (no nulls, times in UTC). Safe from any thread.
public final class StrictDecoder {
    private final Schemas schemas;

    public StrictDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    /// A document as the server takes it.
    ///
    /// @param tree without unknown fields and without nulls that mean "absent"; of duplicates the last one counts.
    ///     Values of a wrong type are left out. Fit for `Json.bind` when no problem is a wrong type
    public record Reading(JsonNode tree, List<Problem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /// From bytes, so that duplicate fields are found. Throws [NotJson] when they are no JSON object.
    public Reading read(Kind kind, byte[] json) {
        return read(kind.type(), json);
    }

    /// As [#read(Kind, byte\[\])] for any model class, such as `DeleteOptions.class`.
    public Reading read(Class<?> type, byte[] json) {
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            return read(schemas.of(type), parser);
        } catch (JsonProcessingException e) {
            throw NotJson.of(e, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A tree that came from elsewhere (YAML, a patch): it has no duplicates to find.
    public Reading read(Kind kind, JsonNode tree) {
        try (JsonParser parser = tree.traverse(Json.MAPPER)) {
            return read(schemas.of(kind), parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading read(Struct type, JsonParser parser) throws IOException {
        var reader = new TypedReader(parser);
        JsonNode tree = reader.document(type);
        return new Reading(tree, reader.problems());
    }

    /// The server's whole text: `Job in version "v1" cannot be handled as a Job: strict decoding error: unknown field
    /// "spec.foo"`. A wrong type, if there is one, is all that it tells. The problems must not be empty.
    public static String serverText(Kind kind, List<Problem> problems) {
        return "%s in version \"%s\" cannot be handled as a %s: %s"
                .formatted(kind.kind(), kind.version(), kind.kind(), reason(problems));
    }

    /// The part of [#serverText] after the kind: `strict decoding error: unknown field "spec.foo"`.
    public static String reason(List<Problem> problems) {
        Check.that(!problems.isEmpty(), "no problem to tell");
        return problems.stream()
                .filter(p -> !p.tolerable())
                .map(Problem::message)
                .findFirst()
                .orElseGet(() -> problems.stream()
                        .map(Problem::message)
                        .collect(Collectors.joining(", ", "strict decoding error: ", "")));
    }
}
