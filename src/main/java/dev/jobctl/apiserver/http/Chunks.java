package dev.jobctl.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of an HTTP/1.1 response, written in chunks straight to TLS: Vert.x's queue and encoder cost as much per
/// piece as encryption does. As long as something is under way through Vert.x, such as the head, the next piece goes
/// that way, too, so that none overtakes another.
final class Chunks implements Outlet {
    private static final int LINE_END = 0x0D0A;

    private final Outlet slow;
    private final Outbox outbox;
    private final ChannelHandlerContext line;
    /// What is under way through Vert.x: at first the head. The event loop's.
    private int slowly = 1;

    private Chunks(Outlet slow, Outbox outbox, ChannelHandlerContext line) {
        this.slow = slow;
        this.outbox = outbox;
        this.line = line;
    }

    /// Null when the response is of another version, or not on a line of TLS.
    static @Nullable Chunks of(HttpServerRequest request, Context context, Outbox outbox) {
        if (request.version() != HttpVersion.HTTP_1_1 || !(request.connection() instanceof ConnectionBase connection)) {
            return null;
        }
        HttpServerResponse response = request.response();
        boolean behind = false;
        for (Map.Entry<String, ChannelHandler> each : connection.channel().pipeline()) {
            if (behind) {
                ChannelHandlerContext line = connection.channel().pipeline().context(each.getValue());
                return new Chunks(Outlet.by(context, response::write), outbox, line);
            }
            behind = each.getValue() instanceof SslHandler;
        }
        return null;
    }

    /// The head has left, so that chunks may follow. On the event loop.
    void begin() {
        slowly--;
    }

    @Override
    public void write(byte[] piece, Left left) {
        outbox.execute(() -> deliver(piece, left));
    }

    private void deliver(byte[] piece, Left left) {
        if (piece.length == 0) { // a chunk of nothing would be the end
            left.left(true);
        } else if (slowly > 0 || !line.channel().isWritable()) { // there it waits without a copy of its own
            slowly++;
            slow.write(piece, fine -> {
                slowly--;
                left.left(fine);
            });
        } else {
            send(piece, left);
        }
    }

    private void send(byte[] piece, Left left) {
        try {
            line.writeAndFlush(chunk(piece)).addListener(done -> left.left(done.isSuccess()));
        } catch (OutOfMemoryError e) { // of native memory, which others free again: this one is cut off
            left.left(false);
        }
    }

    private ByteBuf chunk(byte[] piece) {
        String size = Integer.toHexString(piece.length);
        ByteBuf chunk = line.alloc().directBuffer(size.length() + piece.length + 4);
        chunk.writeCharSequence(size, StandardCharsets.US_ASCII);
        return chunk.writeShort(LINE_END).writeBytes(piece).writeShort(LINE_END);
    }
}
