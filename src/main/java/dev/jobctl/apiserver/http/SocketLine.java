package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.resource.value.Settled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A WebSocket as a line of messages. What comes in waits in a queue that is refilled one by one, so that a fast sender
/// is held back; what goes out waits as in [StreamSink]. In the protocols for those who can only send text a message is
/// the digit of its channel and base64: `0aGk=` for `hi` on channel 0.
final class SocketLine implements ApiResponse.Line {
    /// Messages of at most 256 KiB that may wait to be taken.
    private static final int AHEAD = 16;
    private static final byte[] GONE = new byte[0];

    private final Context context;
    private final ServerWebSocket socket;
    private final boolean text;
    private final StreamSink sink;
    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();

    private SocketLine(Context context, ServerWebSocket socket) {
        this.context = context;
        this.socket = socket;
        this.text = Settled.orEmpty(socket.subProtocol()).endsWith("base64.channel.k8s.io");
        this.sink = new StreamSink(Outlet.by(
                context,
                message -> text
                        ? socket.writeTextMessage(encoded(message.getBytes()))
                        : socket.writeBinaryMessage(message)));
    }

    /// On the socket's event loop, before its first message is read.
    static SocketLine of(Context context, ServerWebSocket socket) {
        SocketLine line = new SocketLine(context, socket);
        socket.pause();
        socket.binaryMessageHandler(line::came);
        socket.textMessageHandler(text -> line.came(Buffer.buffer(text)));
        socket.closeHandler(gone -> line.gone());
        socket.exceptionHandler(broken -> line.gone());
        socket.fetch(AHEAD);
        return line;
    }

    private void came(Buffer message) {
        if (message.length() == 0) {
            socket.fetch(1);
        } else if (text) {
            cameAsText(message.getBytes());
        } else {
            inbox.add(message.getBytes());
        }
    }

    /// Who sends what is no base64 is not understood any more.
    private void cameAsText(byte[] message) {
        try {
            inbox.add(decoded(message));
        } catch (IllegalArgumentException e) {
            socket.close();
        }
    }

    private static byte[] decoded(byte[] message) {
        byte[] content = Base64.getDecoder().decode(Arrays.copyOfRange(message, 1, message.length));
        byte[] plain = new byte[content.length + 1];
        plain[0] = (byte) (message[0] - '0');
        System.arraycopy(content, 0, plain, 1, content.length);
        return plain;
    }

    private static String encoded(byte[] message) {
        return (char) ('0' + message[0])
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(message, 1, message.length));
    }

    private void gone() {
        inbox.add(GONE);
        sink.close();
    }

    @Override
    public String protocol() {
        return Settled.orEmpty(socket.subProtocol());
    }

    @SuppressWarnings("ReferenceEquality") // the end is one object, not one content
    @Override
    public byte @Nullable [] receive() throws InterruptedException {
        byte[] message = inbox.take();
        if (message == GONE) {
            inbox.add(GONE);
            return null;
        }
        context.runOnContext(now -> socket.fetch(1));
        return message;
    }

    @Override
    public void send(byte[] message) throws IOException, InterruptedException {
        sink.send(message);
    }

    @Override
    public boolean closed() {
        return sink.closed();
    }

    @Override
    public void onClose(Runnable action) {
        sink.onClose(action);
    }

    @Override
    public void close() {
        context.runOnContext(now -> socket.close());
    }
}
