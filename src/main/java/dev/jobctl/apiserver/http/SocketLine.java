package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A WebSocket as a line of messages. What comes in waits in a queue that is refilled one by one, so that a fast sender
/// is held back; what goes out waits as in [StreamSink].
final class SocketLine implements ApiResponse.Line {
    /// Messages of at most 256 KiB that may wait to be taken.
    private static final int AHEAD = 16;
    private static final byte[] GONE = new byte[0];

    private final Context context;
    private final ServerWebSocket socket;
    private final StreamSink sink;
    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();

    private SocketLine(Context context, ServerWebSocket socket) {
        this.context = context;
        this.socket = socket;
        this.sink = new StreamSink(Outlet.by(context, buffer -> socket.writeBinaryMessage(buffer)));
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
        if (message.length() > 0) {
            inbox.add(message.getBytes());
        } else {
            socket.fetch(1);
        }
    }

    private void gone() {
        inbox.add(GONE);
        sink.close();
    }

    @Override
    public String protocol() {
        @Nullable String protocol = socket.subProtocol();
        return protocol == null ? "" : protocol;
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
