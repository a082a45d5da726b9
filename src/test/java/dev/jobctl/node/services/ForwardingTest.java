package dev.jobctl.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A port on which nobody can be let in for a while.
@Timeout(20)
final class ForwardingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SCARCITY = Duration.ofMillis(500);

    /// One more than the pauses that fit into the scarcity, and some.
    private static final int TRIES_MAX = 10;

    /// Has no descriptors.
    private static final class Scarce extends ServerSocket {
        private final AtomicInteger tries = new AtomicInteger();
        private volatile boolean scarce = true;

        Scarce() throws IOException {
            super(0, 10, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            tries.incrementAndGet();
            if (scarce) {
                throw new SocketException("Too many open files");
            }
            return super.accept();
        }
    }

    @Test
    void whereNobodyCanBeLetInItIsTriedAgainWithPauses() throws IOException {
        try (Scarce server = new Scarce();
                ServerSocket pod = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Forwarding forwarding =
                        new Forwarding(server, List.of((InetSocketAddress) pod.getLocalSocketAddress()), Log.none())) {
            forwarding.start("scarce");
            await().atMost(PATIENCE).until(() -> server.tries.get() > 0);
            await().atMost(PATIENCE).during(SCARCITY).until(() -> server.tries.get() <= TRIES_MAX);
            server.scarce = false;
            try (Socket caller = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket called = pod.accept()) {
                caller.getOutputStream().write(7);
                assertThat(called.getInputStream().read()).isEqualTo(7);
            }
        }
    }
}
