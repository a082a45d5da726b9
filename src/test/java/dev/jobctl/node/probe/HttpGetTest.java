package dev.jobctl.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a real socket that answers by path.
final class HttpGetTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    answer(server.accept());
                } catch (IOException e) { // the test closes the server
                    return;
                }
            }
        });
    }

    /// Closes a connection only where the answer says so.
    private void answer(Socket socket) throws IOException {
        open.add(socket);
        byte[] bytes = new byte[4096];
        String request = new String(bytes, 0, socket.getInputStream().read(bytes), StandardCharsets.UTF_8);
        requests.add(request);
        String answer = answers.getOrDefault(request.split(" ")[1], "HTTP/1.1 404 X\nContent-Length: 0\n\n");
        socket.getOutputStream().write(answer.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        if (answer.contains("Connection: close")) {
            socket.close();
        } else if (answer.contains("100 Continue")) {
            repeat(answer, socket);
        }
    }

    private static void repeat(String answer, Socket socket) throws IOException {
        try {
            while (true) {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) { // nobody listens any more
            socket.close();
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private Answer ask(String path, String... headers) throws InterruptedException {
        return asked(new Handler.Http("http", "", server.getLocalPort(), path, List.of(headers)));
    }

    private static Answer asked(Handler handler) throws InterruptedException {
        Commands none = words -> {
            throw new IOException("no command is asked for");
        };
        return new HandlerRun("127.0.0.1", none, new CountDownLatch(1)).run(handler, TIMEOUT);
    }

    private void redirect(String path, String location) {
        answers.put(path, "HTTP/1.1 302 X\nLocation: " + location + "\nContent-Length: 9\n\n");
    }

    @Test
    void headersAreSentAsTheyAreWrittenAlsoTheHost() throws InterruptedException {
        answers.put("/ok?a=b", "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        assertThat(ask("ok?a=b", "Host", "app.example", "X-A", "1", "X-A", "2", "Accept", ""))
                .isEqualTo(Answer.good());
        assertThat(requests.remove().lines())
                .containsExactly(
                        "GET /ok?a=b HTTP/1.1",
                        "Host: app.example",
                        "Connection: close",
                        "X-A: 1",
                        "X-A: 2",
                        "User-Agent: kube-probe/1.34",
                        "");
        assertThat(ask("/ok?a=b")).isEqualTo(Answer.good());
        assertThat(requests.remove().lines()).contains("Host: 127.0.0.1:" + server.getLocalPort(), "Accept: */*");
        assertThat(ask("/", "X-A", "1\r\nX-B: 2").message()).contains("invalid header field value for \"X-A\"");
        assertThat(requests).isEmpty();
    }

    @Test
    void redirectsOnTheHostAreFollowed() throws InterruptedException {
        redirect("/a", "b");
        redirect("/b", "http://127.0.0.1:" + server.getLocalPort() + "/c");
        answers.put("/c", "HTTP/1.1 500 X\nContent-Length: 0\n\n");
        assertThat(ask("/a", "Host", "app.example").message()).isEqualTo("HTTP probe failed with statuscode: 500");
        assertThat(requests.stream().map(request -> request.lines().toList().get(1)))
                .containsExactly("Host: app.example", "Host: app.example", "Host: 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void oneToElsewhereIsDoubtfulSuccessAndOnesWithoutEndAreNone() throws InterruptedException {
        answers.put("/away", "HTTP/1.1 302 X\nLocation: http://localhost/bad\nContent-Length: 4\n\nGone");
        assertThat(ask("/away")).isEqualTo(Answer.doubtful("Probe terminated redirects, Response body: Gone"));
        assertThat(ask("/away").well()).isTrue();
        requests.remove();
        assertThat(requests).hasSize(1);
        redirect("/round", "/round");
        assertThat(ask("/round").message()).endsWith("/round\": stopped after 10 redirects");
        assertThat(requests).hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HTTP/1.1 200 OK,Content-Length: 4,,ab               | Get "URL": context deadline exceeded
        HTTP/1.1 200 OK,Content-Length: 4,Connection: close,,ab | Get "URL": unexpected EOF
        HTTP/1.1 200 OK,Connection: close,,ab               |
        HTTP/1.0 200,Content-Length: 2,,ab                  |
        HTTP/1.1 204 OK,,                                   |
        HTTP/1.1 302 X,Content-Length: 0,,                  | Probe terminated redirects, Response body:
        HTTP/1.1 304 X,,                                    | Probe terminated redirects, Response body:
        HTTP/1.1 300 X,Location: /b,Content-Length: 2,,ü    | Probe terminated redirects, Response body: ü
        HTTP/1.1 302 X,Location: //b/c,Connection: close,,ab | Probe terminated redirects, Response body: ab
        HTTP/1.1 302 X,Location: //b/c,Content-Length: 4,Connection: close,,ab | Get "URL": unexpected EOF
        HTTP/1.1 307 X,Location: //b/c,Transfer-Encoding: chunked,,2,ab,1,c,0,, | Response body: abc
        HTTP/1.1 103 X,Link: x,,HTTP/1.1 200 OK,Content-Length: 0,, |
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,2;x,ab,0,, |
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,2,a     | Get "URL": context deadline exceeded
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,z,      | Get "URL": For input string
        SSH-2.0,,                                           | malformed HTTP response "SSH-2.0"
        """)
    void anAnswerIsReadToItsEnd(String lines, @Nullable String expected) throws InterruptedException {
        answers.put("/", lines.replace(',', '\n'));
        String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
        assertThat(ask("/").message()).contains(expected == null ? "" : expected.replace("URL", url));
        assertThat(ask("/").well()).isEqualTo(expected == null || expected.contains("Response body:"));
    }

    /// Each piece of it comes in time.
    @Test
    void oneThatNeverEndsIsTooLate() throws InterruptedException {
        answers.put("/", "HTTP/1.1 100 Continue\n\n");
        assertThat(ask("/").message()).contains("context deadline exceeded");
        answers.put("*", "");
        assertThat(asked(new Handler.Grpc(server.getLocalPort(), "")).message()).startsWith("timeout: ");
    }

    @Test
    void whatMayNotStandInAPathIsEscaped() throws InterruptedException {
        answers.put("/a%20b%7B%7D%25x%2F?c=%7C", "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        assertThat(ask("/a b{}%x%2F?c=|")).isEqualTo(Answer.good());
        redirect("/to", "a b{}%x%2F?c=|");
        assertThat(ask("/to")).isEqualTo(Answer.good());
    }

    /// The message becomes an event.
    @ParameterizedTest
    @CsvSource({"Content-Length: 1000000,''", "Transfer-Encoding: chunked,fffff", "Connection: close,''"})
    void ofARedirectsBodyTheHeadIsTold(String framing, String chunk) throws InterruptedException {
        String head = "x".repeat(10 << 10);
        String size = chunk.isEmpty() ? "" : chunk + "\n";
        String rest = "y".repeat(100_000);
        answers.put("/", "HTTP/1.1 302 X\nLocation: //b/c\n" + framing + "\n\n" + size + head + rest);
        assertThat(ask("/")).isEqualTo(Answer.doubtful("Probe terminated redirects, Response body: " + head));
    }

    @Test
    void ofALongAnswerTheHeadIsEnough() throws InterruptedException {
        answers.put("/long", "HTTP/1.1 200 OK\nContent-Length: 1000000\n\n" + "x".repeat(10 << 10));
        assertThat(ask("/long")).isEqualTo(Answer.good());
        answers.put("/chunks", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nfffff\n" + "x".repeat(10 << 10));
        assertThat(ask("/chunks")).isEqualTo(Answer.good());
        answers.put("/head", "HTTP/1.1 200 OK\n" + "A: b\n".repeat(300) + "\n");
        assertThat(ask("/head").message()).endsWith("server response headers exceeded 256 lines; aborted");
    }
}
