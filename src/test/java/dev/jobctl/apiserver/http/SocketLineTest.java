package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Messages over real WebSockets, in each of the protocols' forms.
@Timeout(60)
final class SocketLineTest {
    @TempDir
    private static Path directory;

    private static Running running;
    private static HttpFront front;

    /// Says on channel 1 what it hears on channel 0.
    private static final class Echo implements Answering {
        @Override
        public boolean welcomes(ApiRequest head) {
            return true;
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            return new ApiResponse.Upgrade((ApiResponse.Talk) Echo::hold);
        }

        private static void hold(ApiResponse.Line line) throws IOException, InterruptedException {
            for (byte @Nullable [] message = line.receive(); message != null; message = line.receive()) {
                message[0]++;
                line.send(message);
            }
        }
    }

    /// What a client gets: `text` or `bytes`, and then the message; `end` when the line is cut.
    private record Heard(BlockingQueue<String> messages) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add("text " + data);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            messages.add("bytes " + StandardCharsets.UTF_8.decode(data));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("end");
            return null;
        }

        @Nullable
        String next() throws InterruptedException {
            return messages.poll(20, TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        running = new Running(directory);
        front = HttpFront.open(0, running.credentials, new Echo(), Log.none());
    }

    @AfterAll
    static void stop() {
        front.close();
        running.close();
    }

    private static WebSocket connect(HttpClient client, Heard heard, String protocol) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!protocol.isEmpty()) {
            builder.subprotocols(protocol);
        }
        WebSocket socket = builder.buildAsync(URI.create(front.address().replace("https", "wss") + "/"), heard)
                .join();
        assertThat(socket.getSubprotocol()).isEqualTo(protocol);
        return socket;
    }

    @Test
    void bytesGoToAndFroInMostProtocols() throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_1_1)) {
            for (String protocol : new String[] {"", "channel.k8s.io", "v4.channel.k8s.io", "v5.channel.k8s.io"}) {
                Heard heard = new Heard(new LinkedBlockingQueue<>());
                WebSocket socket = connect(client, heard, protocol);
                socket.sendBinary(ByteBuffer.wrap("\0hi".getBytes(StandardCharsets.UTF_8)), true);
                assertThat(heard.next()).as(protocol).isEqualTo("bytes \1hi");
                socket.abort();
            }
        }
    }

    @Test
    void whoSendsTextSendsADigitAndBase64() throws Exception {
        try (HttpClient client = running.client(HttpClient.Version.HTTP_1_1)) {
            for (String protocol : new String[] {"base64.channel.k8s.io", "v4.base64.channel.k8s.io"}) {
                Heard heard = new Heard(new LinkedBlockingQueue<>());
                WebSocket socket = connect(client, heard, protocol);
                socket.sendText("0aGk=", true);
                assertThat(heard.next()).as(protocol).isEqualTo("text 1aGk=");
                socket.sendText("0?", true);
                assertThat(heard.next()).as(protocol).isEqualTo("end");
            }
        }
    }
}
