package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A running watch. `next` on one thread; `close` from any.
public final class Watching implements AutoCloseable {
    private final Answer answer;
    private final BufferedReader lines;
    private volatile boolean closed;

    Watching(Answer answer) {
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /// One event.
    ///
    /// @param type `ADDED`, `MODIFIED`, `DELETED` or `BOOKMARK`
    /// @param object the object, or a Table of it where one was asked for
    public record Event(String type, JsonNode object) {}

    /// Waits for the next event; null when the watch has ended. Throws [ApiError] for the server's ERROR event.
    public @Nullable Event next() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    return event(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
            return null;
        } catch (IOException e) {
            return null; // closed by us, or the connection broke: either way no more events; the caller may watch anew
        }
    }

    private static Event event(JsonNode tree) {
        String type = tree.path("type").asText();
        JsonNode object = tree.path("object");
        if (type.equals("ERROR")) {
            throw ApiError.of(object);
        }
        return new Event(type, object);
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        answer.close();
    }
}
