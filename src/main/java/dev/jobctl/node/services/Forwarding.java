package dev.jobctl.node.services;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// One place where connections come in, and the pods to which they go in turn. Safe from any thread.
final class Forwarding implements AutoCloseable {
    private static final Duration BREATH = Duration.ofMillis(100);

    private static final int BACKLOG = 128;
    private static final int CONNECT_MILLIS = 1_000;

    private final ServerSocket server;
    private final Log log;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile List<InetSocketAddress> targets;
    private volatile int turn;

    /// `server` is bound, and closed with this.
    Forwarding(ServerSocket server, List<InetSocketAddress> targets, Log log) {
        this.server = server;
        this.targets = List.copyOf(targets);
        this.log = log;
    }

    /// Throws when nobody can listen there.
    static Forwarding open(InetSocketAddress place, List<InetSocketAddress> targets, Log log) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(place, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        Forwarding forwarding = new Forwarding(server, targets, log);
        forwarding.start("service " + place);
        return forwarding;
    }

    void start(String name) {
        Thread.ofVirtual().name(name).start(this::accept);
    }

    /// Connections to come go there; those that stand stay.
    void to(List<InetSocketAddress> next) {
        targets = List.copyOf(next);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().name("service connection").start(() -> pass(caller));
            } catch (IOException e) {
                if (!server.isClosed()) { // such as for want of descriptors, and the caller still waits
                    log.warning("no connection to a Service", "cause", e.getMessage());
                    LockSupport.parkNanos(BREATH.toNanos());
                }
            }
        }
    }

    private void pass(Socket caller) {
        connections.add(caller);
        try (caller) {
            Socket pod = connect();
            if (pod == null) {
                caller.setSoLinger(true, 0); // a reset, as from a Service without endpoints
                return;
            }
            connections.add(pod);
            try (pod) {
                Thread back = Thread.ofVirtual().name("service answer").start(() -> copy(pod, caller));
                copy(caller, pod);
                back.join();
            } finally {
                connections.remove(pod);
            }
        } catch (IOException e) {
            log.debug("a connection to a Service broke", "cause", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(caller);
        }
    }

    /// To the next pod in turn that answers; null when none does.
    private @org.jspecify.annotations.Nullable Socket connect() throws IOException {
        List<InetSocketAddress> all = targets;
        for (int tries = 0; tries < all.size(); tries++) {
            InetSocketAddress target = all.get(Math.floorMod(next(), all.size()));
            Socket pod = new Socket();
            try {
                pod.connect(target, CONNECT_MILLIS);
                return pod;
            } catch (IOException e) {
                pod.close();
                log.debug("a pod does not answer", "address", target, "cause", e.getMessage());
            }
        }
        return null;
    }

    private synchronized int next() {
        turn = turn + 1;
        return turn;
    }

    /// Until its end, which is passed on: the other direction may go on.
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a connection did not close", "cause", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("a port did not close", "cause", e.getMessage());
        }
        connections.forEach(this::close);
    }
}
