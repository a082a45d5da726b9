package dev.jobctl.cli.cluster;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A conversation with a container over a WebSocket, in messages on numbered channels. One thread takes, any may send.
/// What comes in is asked for one by one, so that a fast server is held back.
public final class Channels implements AutoCloseable {
    /// The data of a forwarded port goes both ways on the first.
    public static final int INPUT = 0;

    public static final int OUTPUT = 1;
    public static final int ERRORS = 2;
    public static final int END = 3;
    /// How large the window is.
    public static final int SIZE = 4;

    /// Of commands: it tells the end of the input.
    public static final String COMMANDS = "v5.channel.k8s.io";
    /// Of ports.
    public static final String PORTS = "v4.channel.k8s.io";

    /// Between two looks whether a message has left.
    private static final long LOOK_NANOS = 200_000;

    /// For the server's yes or no.
    private static final int OPENING_SECONDS = 65;

    private static final int CLOSE = 255;
    private static final int DONE = 1000;
    private static final byte[] GONE = new byte[0];

    private final WebSocket socket;
    private final LinkedBlockingQueue<byte[]> inbox;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;

    private Channels(WebSocket socket, LinkedBlockingQueue<byte[]> inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /// Throws [IOException] when the server does not want to talk.
    static Channels open(HttpClient client, URI address, String protocol) throws IOException {
        LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .uri(address)
                    .subprotocol(protocol)
                    .buildAsync(new Filling(inbox))
                    .get(OPENING_SECONDS, TimeUnit.SECONDS);
            return new Channels(socket, inbox);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private record Filling(LinkedBlockingQueue<byte[]> inbox) implements WebSocket.Listener {
        @Override
        public void onMessage(WebSocket from, ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            if (bytes.length > 0) {
                inbox.add(bytes);
            } else {
                from.request();
            }
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            onMessage(from, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void onClose(WebSocket from, int code, String reason) {
            inbox.add(GONE);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            inbox.add(GONE);
        }
    }

    /// Waits for the next message, whose first byte names the channel; null when the server has gone.
    @SuppressWarnings("ReferenceEquality") // the end is one object, not one content
    public byte @Nullable [] next() throws InterruptedException {
        byte[] message = inbox.take();
        if (message == GONE) {
            inbox.add(GONE);
            return null;
        }
        socket.request();
        return message;
    }

    /// Waits until the message before has left: the JDK's socket refuses one that overtakes it. Throws [IOException]
    /// when the server has gone.
    public void send(int channel, byte[] content, int length) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(length + 1).put((byte) channel).put(content, 0, length);
        sending.lock();
        try {
            while (!closed && socket.queueSize() > 0) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (closed || !socket.send(message.flip())) {
                throw new IOException("the server has gone");
            }
        } finally {
            sending.unlock();
        }
    }

    /// Nothing more comes on that channel; for those who speak of [#COMMANDS].
    public void finish(int channel) throws IOException {
        send(CLOSE, new byte[] {(byte) channel}, 1);
    }

    @Override
    public void close() {
        closed = true;
        socket.sendClose(DONE, "");
        inbox.add(GONE);
    }
}
