package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.TestServer;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Watches over HTTP/1.1, seen from the line itself: what comes behind one that ends, and a reader who stops.
@Timeout(60)
final class WatchLineTest {
    private static final int READ_MILLIS = 20_000;

    /// Together more than a line of small buffers and the server's quarter of a megabyte take.
    private static final int MANY = 50;

    private static final int LARGE = 200_000;

    @TempDir
    private static Path directory;

    private static Running running;
    private static HttpFront front;
    private static final Minute MINUTE = new Minute();

    @BeforeAll
    static void start() throws IOException {
        running = new Running(directory);
        Answering api = TestServer.server(running.backend, running.credentials.adminToken(), Time.system(), Log.none());
        front = HttpFront.open(0, running.credentials, new Stopping(api), Log.none());
    }

    @AfterAll
    static void stop() {
        front.close();
        running.close();
    }

    /// A reader's patience as the test wants it.
    private static final class Minute {
        private final CompletableFuture<Duration> began = new CompletableFuture<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final CompletableFuture<String> cutOff = new CompletableFuture<>();
    }

    /// The API, but whoever calls himself `stopped` is waited for until the test says that his time is over.
    private record Stopping(Answering api) implements Answering {
        @Override
        public boolean welcomes(ApiRequest head) {
            return api.welcomes(head);
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            ApiResponse response = api.handle(request);
            return response instanceof ApiResponse.Stream stream
                            && request.header("user-agent").orElse("").equals("stopped")
                    ? new ApiResponse.Stream(stream.code(), stream.headers(), sink -> write(stream, sink))
                    : response;
        }

        private static void write(ApiResponse.Stream stream, ApiResponse.Sink sink)
                throws IOException, InterruptedException {
            try {
                stream.writer().write(new Waiting(sink));
            } catch (IOException e) {
                MINUTE.cutOff.complete(String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    private record Waiting(ApiResponse.Sink sink) implements ApiResponse.Sink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            sink.send(piece);
        }

        @Override
        public void send(byte[] piece, Duration patience) throws IOException, InterruptedException {
            if (!sink.offer(piece)) {
                MINUTE.began.complete(patience);
                MINUTE.over.await();
                sink.send(piece, Duration.ZERO);
            }
        }

        @Override
        public boolean offer(byte[] piece) {
            return sink.offer(piece);
        }

        @Override
        public boolean closed() {
            return sink.closed();
        }

        @Override
        public void onClose(Runnable action) {
            sink.onClose(action);
        }
    }

    @Test
    void aRequestBehindAWatchThatEndsIsAnswered() throws Exception {
        create(TestServer.PODS, TestServer.pod("before"));
        try (Socket line = line(front.port())) {
            String pods = TestServer.PODS + "?watch=true&timeoutSeconds=1";
            say(line, get(pods, "curl") + get("/version", "curl") + get(pods, "curl") + get("/healthz", "curl"));
            create(TestServer.PODS, TestServer.pod("meanwhile"));
            InputStream in = line.getInputStream();
            assertThat(body(in)).contains("\"before\"").endsWith("}}\n");
            assertThat(body(in)).contains("gitVersion");
            assertThat(body(in))
                    .contains("\"before\"")
                    .contains("\"meanwhile\"")
                    .endsWith("}}\n");
            assertThat(body(in)).isEqualTo("ok");
        }
    }

    @Test
    void aReaderThatStopsIsCutOffAndHoldsNobodyUp() throws Exception {
        try (Socket stopped = line(front.port());
                HttpClient client = running.client(HttpClient.Version.HTTP_1_1)) {
            String jobs = TestServer.JOBS + "?watch=true";
            say(stopped, get(jobs, "stopped"));
            HttpResponse<InputStream> watch = client.send(request(jobs).build(), BodyHandlers.ofInputStream());
            try (BufferedReader others =
                    new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < MANY; i++) {
                    create(TestServer.JOBS, large("large-" + i));
                    assertThat(others.readLine())
                            .startsWith("{\"type\":\"ADDED\"")
                            .contains("\"large-" + i + "\"");
                }
                assertThat(MINUTE.began.get(20, TimeUnit.SECONDS)).isEqualTo(Duration.ofMinutes(1));
                create(TestServer.JOBS, large("later"));
                assertThat(others.readLine()).contains("\"later\"");
                assertThat(MINUTE.cutOff).isNotDone();
                MINUTE.over.countDown();
                assertThat(MINUTE.cutOff.get(20, TimeUnit.SECONDS)).isEqualTo("the reader takes nothing any more");
                assertThat(closed(stopped)).isTrue();
                create(TestServer.JOBS, large("last"));
                assertThat(others.readLine()).contains("\"last\"");
            }
        }
    }

    private static String large(String name) {
        return TestServer.job(name, "")
                .replace("\"metadata\":{", "\"metadata\":{\"annotations\":{\"a\":\"" + "x".repeat(LARGE) + "\"},");
    }

    private static void create(String path, String object) throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> response = client.send(
                    request(path).POST(BodyPublishers.ofString(object)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
    }

    private static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(front.address() + target))
                .header("Authorization", "Bearer " + running.credentials.adminToken());
    }

    private static String get(String target, String agent) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + agent + "\r\nAuthorization: Bearer "
                + running.credentials.adminToken() + "\r\n\r\n";
    }

    /// A line of TLS that takes little ahead of its reader.
    private static Socket line(int port) throws Exception {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(4096);
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Socket line = running.trust().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
        line.setSoTimeout(READ_MILLIS);
        return line;
    }

    private static void say(Socket line, String text) throws IOException {
        line.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        line.getOutputStream().flush();
    }

    /// Reads one answer with its head, by its length or in chunks, and nothing behind it.
    private static String body(InputStream in) throws IOException {
        assertThat(text(in)).isEqualTo("HTTP/1.1 200 OK");
        int length = -1;
        for (String header = text(in); !header.isEmpty(); header = text(in)) {
            if (header.startsWith("content-length: ")) {
                length = Integer.parseInt(header.substring("content-length: ".length()));
            }
        }
        if (length >= 0) {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        StringBuilder body = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            assertThat(text(in)).isEmpty();
        }
        assertThat(text(in)).isEmpty();
        return body.toString();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(text(in), 16);
    }

    private static String text(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            assertThat(next).as("the line ended after: %s", line).isNotNegative();
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /// Whether the server ends it, whatever it has said before; but not as if that were all.
    private static boolean closed(Socket socket) throws IOException {
        try {
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return !said.endsWith("\r\n0\r\n\r\n");
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
