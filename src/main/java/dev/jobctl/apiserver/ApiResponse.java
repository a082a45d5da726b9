package dev.jobctl.apiserver;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// One answer without its socket. Header names are lower-case; several warnings stand in one `warning` header,
/// separated by a line feed.
public sealed interface ApiResponse {
    int code();

    Map<String, String> headers();

    /// A whole body.
    record Whole(int code, Map<String, String> headers, byte[] body) implements ApiResponse {}

    /// A body that goes on: watch, followed log. `writer` runs on the request's own virtual thread until it returns;
    /// it must return soon after the sink is closed.
    record Stream(int code, Map<String, String> headers, Writer writer) implements ApiResponse {}

    /// Writes the body piece by piece.
    interface Writer {
        void write(Sink sink) throws IOException, InterruptedException;
    }

    /// Takes the pieces; blocks while the reader is slow.
    interface Sink {
        /// Sends now. Throws [IOException] when the reader has gone.
        void send(byte[] piece) throws IOException, InterruptedException;

        /// As [#send(byte\[\])], but gives up on a reader that makes no room for so long: then it throws too.
        default void send(byte[] piece, Duration patience) throws IOException, InterruptedException {
            send(piece);
        }

        boolean closed();

        /// Runs `action` once, at the latest when the reader has gone or the stream ended; any thread.
        void onClose(Runnable action);
    }
}
