package dev.jobctl.plane;

import dev.jobctl.apiserver.PodDoors;
import dev.jobctl.node.LocalNode;
import dev.jobctl.node.TerminalSession;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Gives the API server the ways into the node's pods.
///
/// @param stored the newest version of a pod's object
record DoorLink(LocalNode node, Function<ObjectRef, Optional<Pod>> stored) implements PodDoors {
    private static final int CONNECT_MILLIS = 5_000;

    @Override
    public Session start(ObjectRef pod, String container, List<String> command, boolean terminal) throws IOException {
        return new Passing(terminal ? node.terminal(pod, container, command) : node.execute(pod, container, command));
    }

    @Override
    public OutputStream input(ObjectRef pod, String container, boolean once) throws IOException {
        return node.input(pod, container, once);
    }

    @Override
    public void resize(ObjectRef pod, String container, int columns, int rows) throws IOException {
        node.resize(pod, container, columns, rows);
    }

    private record Passing(Execution execution) implements Session {
        @Override
        public OutputStream input() {
            return execution.input();
        }

        @Override
        public InputStream output() {
            return execution.output();
        }

        @Override
        public InputStream errors() {
            return execution.errors();
        }

        @Override
        public void resize(int columns, int rows) throws IOException {
            if (execution instanceof TerminalSession session) {
                session.resize(columns, rows);
            }
        }

        @Override
        public OptionalInt await(Duration patience) throws InterruptedException {
            return execution.await(patience);
        }

        @Override
        public void close() {
            execution.close();
        }
    }

    /// A pod's programs may listen on its own address only, or as most do on every address of this host.
    @Override
    public Pipe connect(ObjectRef pod, int port) throws IOException {
        List<String> addresses = new ArrayList<>();
        stored.apply(pod)
                .map(found ->
                        found.getStatus() == null ? null : found.getStatus().getPodIP())
                .ifPresent(addresses::add);
        addresses.add(LocalNode.HOST_ADDRESS);
        IOException failure = new IOException("no address");
        for (String address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                return new Connection(socket);
            } catch (IOException e) {
                socket.close();
                failure = new IOException("dial tcp4 " + address + ":" + port + ": connect: " + reason(e), e);
            }
        }
        throw failure;
    }

    /// As Go says it.
    private static String reason(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.toLowerCase(Locale.ROOT).contains("refused") ? "connection refused" : text;
    }

    private record Connection(Socket socket) implements Pipe {
        @Override
        public OutputStream input() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public InputStream output() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed all the same.
                return;
            }
        }
    }
}
