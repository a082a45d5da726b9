package dev.jobctl.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real connections over loopback.
@Timeout(20)
class ServiceProxyTest {
    private final ServiceProxy proxy = new ServiceProxy(Log.none());
    private final List<ServerSocket> pods = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        proxy.close();
        for (ServerSocket pod : pods) {
            pod.close();
        }
    }

    /// Answers each connection with its name, then with what it was sent.
    private InetSocketAddress pod(String name) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        pods.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket caller = server.accept()) {
                    byte[] sent = caller.getInputStream().readAllBytes();
                    caller.getOutputStream().write((name + " got ").getBytes(StandardCharsets.UTF_8));
                    caller.getOutputStream().write(sent);
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static InetSocketAddress place() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.193.0.1"))) {
            return (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    private static String ask(InetSocketAddress place, String text) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(place);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void connectionsGoToThePodsInTurn() throws IOException {
        InetSocketAddress place = place();
        proxy.serve("svc", Map.of(place, List.of(pod("a"), pod("b"))));
        assertThat(List.of(ask(place, "1"), ask(place, "2"))).containsExactlyInAnyOrder("b got 1", "a got 2");
    }

    @Test
    void aPodThatDoesNotListenIsPassedOver() throws IOException {
        InetSocketAddress place = place();
        InetSocketAddress dead = place();
        proxy.serve("svc", Map.of(place, List.of(dead, pod("a"))));
        assertThat(ask(place, "1")).isEqualTo("a got 1");
        assertThat(ask(place, "2")).isEqualTo("a got 2");
    }

    @Test
    void withoutPodsAConnectionIsReset() throws IOException {
        InetSocketAddress place = place();
        proxy.serve("svc", Map.of(place, List.of()));
        assertThatThrownBy(() -> ask(place, "1")).isInstanceOf(SocketException.class);
        proxy.serve("svc", Map.of(place, List.of(pod("late"))));
        assertThat(ask(place, "2")).isEqualTo("late got 2");
    }

    @Test
    void aServiceThatIsGoneListensNoMore() throws IOException {
        InetSocketAddress place = place();
        proxy.serve("svc", Map.of(place, List.of(pod("a"))));
        proxy.serve("svc", Map.of());
        assertThatThrownBy(() -> ask(place, "1")).isInstanceOf(IOException.class);
    }

    @Test
    void megabytesComeThroughWhole() throws IOException {
        InetSocketAddress place = place();
        proxy.serve("svc", Map.of(place, List.of(pod("a"))));
        String text = "0123456789".repeat(500_000);
        assertThat(ask(place, text)).isEqualTo("a got " + text);
    }
}
