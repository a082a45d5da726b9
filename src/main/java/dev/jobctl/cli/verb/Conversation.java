package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.Channels;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ConnectionError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One conversation with a container: what goes in, what comes out, how it ended. Owned by the command's thread; what
/// goes in has a thread of its own.
final class Conversation implements AutoCloseable {
    /// Above it are the codes of commands that a signal ended.
    static final int LAST_OWN_CODE = 128;

    private static final int PIECE = 16 * 1024;

    /// What a container reads.
    interface Source {
        /// Writes all of it. What it throws ends the conversation, and is thrown by whoever reads the output.
        void into(OutputStream container) throws IOException;
    }

    private final Session session;
    private final Cluster sockets;
    private final Channels channels;
    private final CompletableFuture<Boolean> late = new CompletableFuture<>();
    private @Nullable JsonNode end;
    private volatile @Nullable Exception failed;

    private Conversation(Session session, Cluster sockets, Channels channels) {
        this.session = session;
        this.sockets = sockets;
        this.channels = channels;
    }

    /// `deed` is `exec` or `attach`.
    static Conversation begin(
            Session session, String namespace, String pod, String deed, List<Map.Entry<String, String>> query) {
        Cluster sockets = session.sockets();
        String path = KnownTypes.PODS.path(namespace, pod) + "/" + deed;
        Channels channels = sockets.converse(path, query, Channels.COMMANDS);
        session.terminal().cancelled().thenRun(channels::close);
        return new Conversation(session, sockets, channels);
    }

    Channels channels() {
        return channels;
    }

    /// Ends it when it takes longer.
    void within(Duration limit) {
        late.completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS).thenAccept(ended -> channels.close());
    }

    /// Sends all of that, and then the end of the input.
    void feed(Source source) {
        Thread.ofVirtual().start(() -> {
            var input = new Input();
            try {
                source.into(input);
                channels.finish(Channels.INPUT);
            } catch (IOException | RuntimeException e) {
                // When the command has ended or the caller has gone, the reading thread tells; it tells of this, too.
                if (!input.refused) {
                    failed = e;
                    channels.close();
                }
            }
        });
    }

    /// What the container writes, to its end; what it complains of goes to `errors` on the way. Throws
    /// [ConnectionError] when the conversation breaks off.
    InputStream output(OutputStream errors) {
        return new Output(errors);
    }

    /// Waits for the end, passing over output that nobody has read. Empty when it took too long.
    Optional<JsonNode> ended(OutputStream errors) {
        try (InputStream rest = output(errors)) {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new CommandError("cannot write: " + e.getMessage(), e);
        } catch (ConnectionError e) {
            if (late.isDone()) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(end());
    }

    /// How it ended, once all output was read.
    JsonNode end() {
        return Objects.requireNonNull(end);
    }

    static boolean succeeded(JsonNode end) {
        return end.path("status").asText().equals("Success");
    }

    /// The exit code of a command that has ended so; told when it is not 0.
    static int code(Session session, JsonNode end) {
        if (succeeded(end)) {
            return Exit.OK;
        }
        OptionalInt code = exitCode(end);
        if (code.isPresent()) {
            session.err().println("command terminated with exit code " + code.getAsInt());
            return code.getAsInt();
        }
        throw new CommandError(end.path("message").asText("the command failed"));
    }

    /// The exit code of a command that failed; empty when it is not known.
    static OptionalInt exitCode(JsonNode end) {
        for (JsonNode cause : end.path("details").path("causes")) {
            if (cause.path("reason").asText().equals("ExitCode")) {
                return OptionalInt.of(cause.path("message").asInt(1));
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        late.complete(false);
        channels.close();
    }

    private final class Input extends OutputStream {
        /// Whether it was the other side that wanted no more.
        private boolean refused;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = from; at < from + length; at += PIECE) {
                int size = Math.min(PIECE, from + length - at);
                refused = true;
                channels.send(Channels.INPUT, Arrays.copyOfRange(bytes, at, at + size), size);
                refused = false;
            }
        }
    }

    private final class Output extends InputStream {
        private final OutputStream errors;
        private byte[] message = new byte[0];
        private int at;

        Output(OutputStream errors) {
            this.errors = errors;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == message.length) {
                if (end != null || !more()) {
                    return -1;
                }
            }
            int size = Math.min(length, message.length - at);
            System.arraycopy(message, at, into, from, size);
            at += size;
            return size;
        }

        /// Takes one message; false at the end.
        private boolean more() throws IOException {
            byte[] next = next();
            switch (next[0]) {
                case Channels.OUTPUT -> {
                    message = next;
                    at = 1;
                }
                case Channels.ERRORS -> {
                    errors.write(next, 1, next.length - 1);
                    errors.flush();
                }
                case Channels.END -> {
                    end = Json.tree(Arrays.copyOfRange(next, 1, next.length));
                    return false;
                }
                default -> {}
            }
            return true;
        }

        private byte[] next() {
            try {
                byte @Nullable [] next = channels.next();
                if (next != null) {
                    return next;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            session.checkCancelled();
            Exception source = failed;
            if (source != null) {
                throw source instanceof RuntimeException own
                        ? own
                        : new CommandError("cannot read the input: " + source.getMessage(), source);
            }
            throw new ConnectionError(sockets.address(), new IOException("the connection broke off"));
        }
    }
}
