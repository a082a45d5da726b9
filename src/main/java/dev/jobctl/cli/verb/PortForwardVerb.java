package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.Channels;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Cancelled;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `jobctl port-forward`: ports of this machine that lead into a pod, until Ctrl-C. One conversation for each
/// connection.
public final class PortForwardVerb {
    private static final int BACKLOG = 50;
    private static final int PIECE = 16 * 1024;

    /// A pod that says nothing for so long after the caller's end has said all.
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /// Each channel begins with the number of the port, in two bytes.
    private static final int HEAD = 2;

    record Options(String target, List<ForwardedPort> ports) {}

    private PortForwardVerb() {}

    static Command<Options> command() {
        return Command.named("port-forward")
                .summary("Forward ports of this machine to a pod")
                .words("POD | TYPE/NAME [LOCAL:]REMOTE...")
                .examples("jobctl port-forward pi-abcde 8080:80", "jobctl port-forward svc/server :http")
                .build(PortForwardVerb::read, PortForwardVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() < 2) {
            throw new UsageError("TYPE/NAME and list of ports are required for port-forward");
        }
        List<ForwardedPort> ports = p.words().subList(1, p.words().size()).stream()
                .map(ForwardedPort::parse)
                .toList();
        return new Options(p.words().getFirst(), ports);
    }

    static int run(Session session, Options options) {
        JsonNode object = IntoPodVerb.object(session, options.target());
        JsonNode pod = IntoPodVerb.podOf(session, options.target(), object);
        String phase = pod.path("status").path("phase").asText();
        if (!phase.equals("Running")) {
            throw new CommandError("unable to forward port because pod is not running. Current status=" + phase);
        }
        List<ForwardedPort.Pair> pairs =
                options.ports().stream().map(port -> port.of(object, pod)).toList();
        String path = KnownTypes.PODS.path(
                        session.namespace(), pod.path("metadata").path("name").asText()) + "/portforward";
        Cluster sockets = session.sockets();
        List<ServerSocket> doors = new ArrayList<>();
        Set<Channels> open = ConcurrentHashMap.newKeySet();
        try {
            for (ForwardedPort.Pair pair : pairs) {
                ServerSocket door = new ServerSocket(pair.local(), BACKLOG, InetAddress.getLoopbackAddress());
                doors.add(door);
                session.out().println("Forwarding from 127.0.0.1:" + door.getLocalPort() + " -> " + pair.remote());
                session.out().flush();
                Way way = () -> sockets.converse(path, query(pair), Channels.PORTS);
                Thread.ofVirtual().start(() -> serve(session, door, socket -> connect(session, way, open, socket)));
            }
            session.terminal().cancelled().join();
            throw new Cancelled();
        } catch (IOException e) {
            throw new CommandError("unable to listen on a port: " + e.getMessage(), e);
        } finally {
            doors.forEach(PortForwardVerb::shut);
            open.forEach(Channels::close);
        }
    }

    private static List<Map.Entry<String, String>> query(ForwardedPort.Pair pair) {
        return List.of(Map.entry("ports", Integer.toString(pair.remote())));
    }

    private static void shut(AutoCloseable door) {
        try {
            door.close();
        } catch (Exception e) { // nothing is left to be done with it
            return;
        }
    }

    private static void serve(Session session, ServerSocket door, Consumer<Socket> caller) {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                session.out().println("Handling connection for " + door.getLocalPort());
                session.out().flush();
                Thread.ofVirtual().start(() -> caller.accept(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /// A way into the pod.
    private interface Way {
        Channels open() throws IOException;
    }

    private static void connect(Session session, Way way, Set<Channels> open, Socket socket) {
        try (socket;
                Channels channels = way.open()) {
            open.add(channels);
            var heard = new AtomicLong();
            Thread.ofVirtual().start(() -> send(session, socket, channels, heard));
            try {
                receive(session, socket, channels, heard);
            } finally {
                open.remove(channels);
            }
        } catch (IOException | RuntimeException e) {
            session.err().println("an error occurred forwarding: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The protocol cannot tell the pod of an end: after one it may still answer, for as long as it has more to say.
    private static void send(Session session, Socket socket, Channels channels, AtomicLong heard) {
        byte[] piece = new byte[PIECE];
        try {
            for (int length = socket.getInputStream().read(piece);
                    length >= 0;
                    length = socket.getInputStream().read(piece)) {
                channels.send(Channels.INPUT, piece, length);
            }
            for (long before = -1; before != heard.get(); ) {
                before = heard.get();
                session.pause(LAST_WORDS);
            }
        } catch (IOException | RuntimeException e) {
            // One of both has gone.
        }
        channels.close();
    }

    private static void receive(Session session, Socket socket, Channels channels, AtomicLong heard)
            throws IOException, InterruptedException {
        int[] heads = {HEAD, HEAD};
        for (byte @Nullable [] message = channels.next(); message != null; message = channels.next()) {
            heard.incrementAndGet();
            int channel = message[0];
            if (channel < 0 || channel >= heads.length) {
                continue;
            }
            int skipped = Math.min(heads[channel], message.length - 1);
            heads[channel] -= skipped;
            int from = 1 + skipped;
            if (channel == Channels.INPUT) {
                socket.getOutputStream().write(message, from, message.length - from);
            } else if (message.length > from) {
                session.err().println(new String(message, from, message.length - from, StandardCharsets.UTF_8));
            }
        }
    }
}
