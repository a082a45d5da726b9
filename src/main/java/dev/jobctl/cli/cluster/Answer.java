package dev.jobctl.cli.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// What came back: the code at once, the body as it arrives. Closing may happen on any thread and ends a blocked read,
/// either with the end of the stream or with an [IOException].
///
/// @param warnings texts of `Warning` headers
public record Answer(int code, List<String> warnings, InputStream body) implements AutoCloseable {
    public Answer {
        warnings = List.copyOf(warnings);
    }

    /// The whole body; closes it.
    public byte[] bytes() {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
