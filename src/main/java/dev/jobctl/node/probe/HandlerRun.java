package dev.jobctl.node.probe;

import dev.jobctl.node.runtime.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Carries one handler out. Blocks its thread up to the timeout, and hardly longer.
///
/// @param commands starts a command in the container
/// @param stopped ends a sleep early
record HandlerRun(String podAddress, Commands commands, CountDownLatch stopped) {
    /// So much of a command's output goes into an event.
    private static final int OUTPUT_MAX = 10 << 10;

    Answer run(Handler handler, Duration timeout) throws InterruptedException {
        return switch (handler) {
            case Handler.Command(List<String> words) -> command(words, timeout);
            case Handler.Http http -> {
                var get = new HttpGet(http, host(http.host()));
                yield within(timeout, get::ask, get.late());
            }
            case Handler.Tcp(String host, int port) -> tcp(host(host), port, timeout);
            case Handler.Grpc(int port, String service) ->
                within(
                        timeout,
                        () -> GrpcHealth.ask(podAddress, port, service),
                        GrpcHealth.late(podAddress, port, timeout));
            case Handler.Sleep(long seconds) -> {
                boolean ended = stopped.await(Math.min(seconds, timeout.toSeconds()), TimeUnit.SECONDS);
                yield Answer.of(!ended || seconds > 0, "");
            }
        };
    }

    /// Sockets' own timeouts count anew for each read. An interrupt closes the socket that a virtual thread waits for.
    private static Answer within(Duration timeout, Supplier<Answer> ask, Answer late) throws InterruptedException {
        var answer = new AtomicReference<>(late);
        Thread asking = Thread.ofVirtual().start(() -> answer.set(ask.get()));
        try {
            return asking.join(timeout) ? Objects.requireNonNullElse(answer.get(), late) : late;
        } finally {
            asking.interrupt();
        }
    }

    private String host(String named) {
        return named.isEmpty() ? podAddress : named;
    }

    private Answer command(List<String> words, Duration timeout) throws InterruptedException {
        try (Execution execution = commands.start(words)) {
            var output = new Output(execution.output());
            var errors = new Output(execution.errors());
            OptionalInt code = execution.await(timeout);
            if (code.isEmpty()) {
                return Answer.bad("command timed out: \"%s\" timed out after %ds"
                        .formatted(String.join(" ", words), timeout.toSeconds()));
            }
            String complaint = errors.text();
            return execution
                    .refusal(code.getAsInt(), complaint)
                    .map(Answer::unknown)
                    .orElse(Answer.of(code.getAsInt() == 0, output.text() + complaint));
        } catch (IOException e) {
            return Answer.unknown(String.valueOf(e.getMessage()));
        }
    }

    /// The head of a stream, read to its end by a thread of its own so that the command never waits.
    private static final class Output {
        private final StringBuilder head = new StringBuilder();
        private final Thread reader;

        Output(InputStream in) {
            reader = Thread.ofVirtual().start(() -> read(in));
        }

        private void read(InputStream in) {
            byte[] block = new byte[OUTPUT_MAX];
            try (in) {
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    int kept = Math.min(count, OUTPUT_MAX - head.length());
                    head.append(new String(block, 0, Math.max(0, kept), StandardCharsets.UTF_8));
                }
            } catch (IOException e) { // the command was killed: what it said until then counts
                head.append("");
            }
        }

        /// A child of the command may hold the stream open: nobody waits long for that.
        String text() throws InterruptedException {
            return reader.join(Duration.ofMillis(200)) ? head.toString() : "";
        }
    }

    private Answer tcp(String host, int port, Duration timeout) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            return Answer.good();
        } catch (SocketTimeoutException e) {
            return Answer.bad("dial tcp %s:%d: i/o timeout".formatted(host, port));
        } catch (IOException | IllegalArgumentException e) {
            return Answer.bad(refused(host, port, e));
        }
    }

    static String refused(String host, int port, Exception e) {
        String why = e instanceof ConnectException ? "connect: connection refused" : e.getMessage();
        return "dial tcp %s:%d: %s".formatted(host, port, why);
    }
}
