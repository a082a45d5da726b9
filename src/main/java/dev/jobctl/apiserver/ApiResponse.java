package dev.jobctl.apiserver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /// A conversation over a WebSocket, once the request is upgraded to one.
    record Upgrade(Dialogue dialogue) implements ApiResponse {
        @Override
        public int code() {
            return 101;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /// What an upgraded request is for.
    sealed interface Dialogue {}

    /// Messages to and fro, on the request's own virtual thread until `hold` returns.
    non-sealed interface Talk extends Dialogue {
        void hold(Line line) throws IOException, InterruptedException;
    }

    /// Ports of a pod, in whichever way the client forwards them.
    ///
    /// @param numbers those that the request names; a client may name others later
    record Ports(List<Integer> numbers, Connector connector) implements Dialogue {
        public Ports {
            numbers = List.copyOf(numbers);
        }
    }

    /// Connects to a port of a pod.
    interface Connector {
        PodDoors.Pipe connect(int port) throws IOException;
    }

    /// A line of messages. One thread receives; any may send.
    interface Line {
        /// The subprotocol that client and server agreed on.
        String protocol();

        /// Waits for the next message; null when the client has gone.
        byte @Nullable [] receive() throws InterruptedException;

        /// Throws [IOException] when the client has gone.
        void send(byte[] message) throws IOException, InterruptedException;

        boolean closed();

        /// As [Sink#onClose].
        void onClose(Runnable action);

        /// After what was sent before has left.
        void close();
    }

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

        /// Sends without waiting. False when there is no room: then nothing is sent. True, too, when the reader has
        /// gone.
        default boolean offer(byte[] piece) {
            return false;
        }

        boolean closed();

        /// Runs `action` once, at the latest when the reader has gone or the stream ended; any thread.
        void onClose(Runnable action);
    }
}
