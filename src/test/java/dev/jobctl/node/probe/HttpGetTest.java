package dev.jobctl.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a real socket that answers by path.
final class HttpGetTest {
    private static final int TIMEOUT_MILLIS = 1_000;

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
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private Answer ask(String path, String... headers) {
        var wanted = new Handler.Http("http", "", server.getLocalPort(), path, List.of(headers));
        return new HttpGet(wanted, "127.0.0.1", TIMEOUT_MILLIS).ask();
    }

    private void redirect(String path, String location) {
        answers.put(path, "HTTP/1.1 302 X\nLocation: " + location + "\nContent-Length: 9\n\n");
    }

    @Test
    void headersAreSentAsTheyAreWrittenAlsoTheHost() {
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
    void redirectsOnTheHostAreFollowed() {
        redirect("/a", "b");
        redirect("/b", "http://127.0.0.1:" + server.getLocalPort() + "/c");
        answers.put("/c", "HTTP/1.1 500 X\nContent-Length: 0\n\n");
        assertThat(ask("/a", "Host", "app.example").message()).isEqualTo("HTTP probe failed with statuscode: 500");
        assertThat(requests.stream().map(request -> request.lines().toList().get(1)))
                .containsExactly("Host: app.example", "Host: app.example", "Host: 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void oneToElsewhereIsSuccessAndOnesWithoutEndAreNone() {
        redirect("/away", "http://localhost:" + server.getLocalPort() + "/bad");
        assertThat(ask("/away")).isEqualTo(Answer.good());
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
        HTTP/1.1 302 X,Content-Length: 0,,                  |
        HTTP/1.1 103 X,Link: x,,HTTP/1.1 200 OK,Content-Length: 0,, |
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,2;x,ab,0,, |
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,2,a     | Get "URL": context deadline exceeded
        HTTP/1.1 200 OK,Transfer-Encoding: chunked,,z,      | Get "URL": For input string
        SSH-2.0,,                                           | malformed HTTP response "SSH-2.0"
        """)
    void anAnswerIsReadToItsEnd(String lines, @Nullable String expected) {
        answers.put("/", lines.replace(',', '\n'));
        String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
        assertThat(ask("/").message()).contains(expected == null ? "" : expected.replace("URL", url));
        assertThat(ask("/").well()).isEqualTo(expected == null);
    }

    @Test
    void ofALongAnswerTheHeadIsEnough() {
        answers.put("/long", "HTTP/1.1 200 OK\nContent-Length: 1000000\n\n" + "x".repeat(10 << 10));
        assertThat(ask("/long")).isEqualTo(Answer.good());
        answers.put("/chunks", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nfffff\n" + "x".repeat(10 << 10));
        assertThat(ask("/chunks")).isEqualTo(Answer.good());
        answers.put("/head", "HTTP/1.1 200 OK\n" + "A: b\n".repeat(300) + "\n");
        assertThat(ask("/head").message()).endsWith("server response headers exceeded 256 lines; aborted");
    }
}
