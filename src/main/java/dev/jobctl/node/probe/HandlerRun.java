package dev.jobctl.node.probe;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.std.AnyCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Carries one handler out. Blocks its thread up to the timeout, and hardly longer.
///
/// @param commands starts a command in the container
/// @param stopped ends a sleep early
record HandlerRun(String podAddress, Commands commands, CountDownLatch stopped) {
    /// So much of a command's output goes into an event.
    private static final int OUTPUT_MAX = 10 << 10;

    private static final int STATUS_GOOD_FROM = 200;
    private static final int STATUS_BAD_FROM = 400;

    Answer run(Handler handler, Duration timeout) throws InterruptedException {
        return switch (handler) {
            case Handler.Command(List<String> words) -> command(words, timeout);
            case Handler.Http http -> http(http, timeout);
            case Handler.Tcp(String host, int port) -> tcp(host(host), port, timeout);
            case Handler.Grpc(int port, String service) -> GrpcHealth.ask(podAddress, port, service, timeout);
            case Handler.Sleep(long seconds) -> {
                boolean ended = stopped.await(Math.min(seconds, timeout.toSeconds()), TimeUnit.SECONDS);
                yield new Answer(!ended || seconds > 0, "");
            }
        };
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
            String said = output.text() + errors.text();
            return new Answer(code.getAsInt() == 0, said);
        } catch (IOException e) {
            return Answer.bad("cannot run the command: " + e.getMessage());
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

    private static String refused(String host, int port, Exception e) {
        String why = e instanceof ConnectException ? "connect: connection refused" : e.getMessage();
        return "dial tcp %s:%d: %s".formatted(host, port, why);
    }

    private Answer http(Handler.Http http, Duration timeout) {
        String host = host(http.host());
        String path = http.path().startsWith("/") ? http.path() : "/" + http.path();
        String url = "%s://%s:%d%s".formatted(http.scheme(), host, http.port(), path);
        try {
            int status = status(URI.create(url), http.headers(), (int) timeout.toMillis());
            return status >= STATUS_GOOD_FROM && status < STATUS_BAD_FROM
                    ? Answer.good()
                    : Answer.bad("HTTP probe failed with statuscode: " + status);
        } catch (SocketTimeoutException e) {
            return Answer.bad("Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                    .formatted(url));
        } catch (IOException | IllegalArgumentException e) {
            return Answer.bad("Get \"%s\": %s".formatted(url, refused(host, http.port(), e)));
        }
    }

    /// Follows no redirect: one to elsewhere says that the container is up, as the kubelet takes it.
    private static int status(URI uri, List<String> headers, int timeoutMillis) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure) {
            acceptAny(secure);
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setRequestProperty("User-Agent", "kube-probe/1.34");
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Connection", "close");
        for (int i = 0; i + 1 < headers.size(); i += 2) {
            connection.setRequestProperty(headers.get(i), headers.get(i + 1));
        }
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /// As the kubelet: a probe asks whether somebody answers, not who.
    private static void acceptAny(HttpsURLConnection connection) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
