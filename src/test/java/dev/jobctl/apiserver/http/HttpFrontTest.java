package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.TestServer;
import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.net.JdkSSLEngineOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The API through real sockets: both HTTP versions, WebSockets, and rude callers.
@Timeout(60)
final class HttpFrontTest {
    @TempDir
    private static Path directory;

    private static Running running;

    @BeforeAll
    static void start() throws IOException {
        running = new Running(directory);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void bothHttpVersionsAreSpoken() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            if (version.name().startsWith("HTTP_3")) {
                continue;
            }
            try (HttpClient client = running.client(version)) {
                HttpResponse<String> response =
                        client.send(running.request("/api/v1/namespaces").build(), BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.version()).isEqualTo(version);
                assertThat(response.body()).contains("NamespaceList");
            }
        }
    }

    @Test
    void javasOwnEngineServesWhereThereIsNoNativeCode(@TempDir Path other) throws Exception {
        try (Running plain = new Running(other, new JdkSSLEngineOptions());
                HttpClient client = plain.client(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> response =
                    client.send(plain.request("/api/v1/namespaces").build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void aWatchGoesOnUntilItsReaderGoes() throws Exception {
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            try (HttpClient client = running.client(version)) {
                String name = (version == HttpClient.Version.HTTP_2 ? "w2" : "w1");
                HttpResponse<InputStream> watch = client.send(
                        running.request(TestServer.JOBS + "?watch=true&fieldSelector=metadata.name=" + name)
                                .build(),
                        BodyHandlers.ofInputStream());
                BufferedReader lines = new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8));
                create(client, name);
                assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\"").contains("\"" + name + "\"");
                client.send(
                        running.request(TestServer.JOBS + "/" + name).DELETE().build(), BodyHandlers.discarding());
                assertThat(lines.readLine()).startsWith("{\"type\":\"DELETED\"");
                lines.close();
            }
        }
    }

    @Test
    void hundredsOfWatchesAreDroppedAndTheirConnectionStays() throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_2)) {
            HttpRequest watching =
                    running.request(TestServer.JOBS + "?watch=true").build();
            HttpResponse<InputStream> first = client.send(watching, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(first.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 1000; i++) {
                    client.send(watching, BodyHandlers.ofInputStream()).body().close();
                }
                create(client, "after-many");
                String line = lines.readLine();
                while (line != null && !line.contains("\"after-many\"")) {
                    line = lines.readLine();
                }
                assertThat(line).isNotNull();
            }
        }
    }

    @Test
    void framesOfAWatchComeWholeAndInOrder() throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_1_1);
                HttpClient other = running.client(HttpClient.Version.HTTP_1_1)) {
            HttpResponse<InputStream> watch =
                    client.send(running.request(TestServer.JOBS + "?watch=true").build(), BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 40; i++) {
                    create(other, "ordered-" + i);
                }
                String line = lines.readLine();
                for (int i = 0; i < 40; i++) {
                    while (!line.startsWith("{\"type\":\"ADDED\"") || !line.contains("\"name\":\"ordered-")) {
                        line = lines.readLine();
                    }
                    assertThat(line).contains("\"name\":\"ordered-" + i + "\"").endsWith("}}");
                    line = lines.readLine();
                    if (i == 38) {
                        create(other, "after"); // else there is no line after the last
                    }
                }
            }
        }
    }

    @Test
    void fabric8WatchesOverAWebSocket() throws Exception {
        Config config = Config.fromKubeconfig(Files.readString(running.kubeconfig));
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                HttpClient plain = running.client(HttpClient.Version.HTTP_2);
                Watch watch = client.batch()
                        .v1()
                        .jobs()
                        .inNamespace("default")
                        .withName("sock")
                        .watch(watcher(seen))) {
            assertThat(watch).isNotNull();
            create(plain, "sock");
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("ADDED sock");
            client.batch().v1().jobs().inNamespace("default").withName("sock").delete();
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("DELETED sock");
            assertThatThrownBy(() -> client.pods()
                            .inNamespace("default")
                            .withName("none")
                            .getLog())
                    .hasMessageContaining("pods \"none\" not found");
        }
    }

    @Test
    void aBodyOfTenMegabytesIsRefusedAndTheConnectionLivesOn() throws Exception {
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            try (HttpClient client = running.client(version)) {
                HttpResponse<String> response = client.send(
                        running.request(TestServer.JOBS)
                                .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024]))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(413);
                assertThat(client.send(running.request("/version").build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void anotherHostNameIsRefused() throws Exception {
        assertThat(firstLine("GET /version HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .contains("403");
        assertThat(firstLine("GET /version HTTP/1.1\r\nHost: localhost:1\r\n\r\n"))
                .contains("200");
        assertThat(firstLine("GET /version HTTP/1.1\r\n\r\n")).contains("403");
    }

    @Test
    void badRequestsAndHeaderFloodsAreRefused() throws Exception {
        assertThat(firstLine("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains("400");
        assertThat(firstLine("GET /version?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains("400");
        // Little more than is taken: whoever is still sending when the server closes may not get to read its answer.
        assertThat(firstLine("GET /" + "x".repeat(33_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains("414");
        assertThat(firstLine("GET /version HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(66_000) + "\r\n\r\n"))
                .contains("431");
        assertThat(firstLine("nonsense\r\n\r\n")).contains("400");
    }

    @Test
    void warningsAreHeaders() throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_2)) {
            String job = TestServer.job("warned", "\"foo\":1,\"bar\":2,");
            HttpResponse<String> response = client.send(
                    running.request(TestServer.JOBS)
                            .POST(BodyPublishers.ofString(job))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.headers().allValues("warning"))
                    .containsExactlyInAnyOrder(
                            "299 - \"unknown field \\\"spec.foo\\\"\"", "299 - \"unknown field \\\"spec.bar\\\"\"");
        }
    }

    /// Welcomes nobody, and tells how much of a body it was given.
    private static final class Strangers implements Answering {
        @Override
        public boolean welcomes(ApiRequest head) {
            return false;
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            return new ApiResponse.Whole(401, Map.of(), new byte[] {(byte) (request.body().length == 0 ? 'n' : 'y')});
        }
    }

    @Test
    void aStrangersBodyIsNotKept() throws Exception {
        try (HttpFront front = HttpFront.open(0, running.credentials, new Strangers(), Log.none());
                HttpClient client = running.client(HttpClient.Version.HTTP_1_1)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(front.address() + TestServer.JOBS))
                    .POST(BodyPublishers.ofByteArray(new byte[2_000_000]))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).isEqualTo("n");
        }
    }

    @Test
    void aHeadHasNoBody() throws Exception {
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            try (HttpClient client = running.client(version)) {
                HttpRequest.Builder facts = running.request("/version");
                String body =
                        client.send(facts.build(), BodyHandlers.ofString()).body();
                HttpResponse<String> head = client.send(facts.HEAD().build(), BodyHandlers.ofString());
                assertThat(head.statusCode() + head.body()).isEqualTo("200");
                assertThat(head.headers().allValues("content-length")).containsExactly("" + body.length());
                HttpRequest refused = running.request(TestServer.JOBS).HEAD().build();
                assertThat(client.send(refused, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(405);
            }
        }
    }

    @Test
    void aTakenPortIsAClearError() {
        assertThatThrownBy(() -> HttpFront.open(running.front.port(), running.credentials, new Strangers(), Log.none()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + running.front.port());
    }

    @Test
    void closingEndsTheWatches() throws Exception {
        Running other = new Running(directory.resolve("other"));
        try (HttpClient client = other.client(HttpClient.Version.HTTP_2)) {
            HttpResponse<InputStream> watch =
                    client.send(other.request(TestServer.JOBS + "?watch=true").build(), BodyHandlers.ofInputStream());
            other.close();
            try (InputStream body = watch.body()) {
                assertThat(ended(body)).isTrue();
            }
        }
    }

    private static boolean ended(InputStream body) {
        try {
            return body.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void create(HttpClient client, String name) throws Exception {
        HttpResponse<String> response = client.send(
                running.request(TestServer.JOBS)
                        .POST(BodyPublishers.ofString(TestServer.job(name, "")))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static Watcher<Job> watcher(BlockingQueue<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Job job) {
                seen.add(action + " " + job.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed " + cause);
            }
        };
    }

    /// Sends raw text over TLS; the first line of what comes back.
    private static String firstLine(String request) throws Exception {
        try (Socket socket = running.trust().getSocketFactory().createSocket("127.0.0.1", running.front.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = lines.readLine();
            return line == null ? "closed" : line;
        }
    }
}
