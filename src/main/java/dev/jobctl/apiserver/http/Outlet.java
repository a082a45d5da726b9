package dev.jobctl.apiserver.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Function;

/// Where the pieces of a body go, one after another, from any thread.
interface Outlet {
    /// Returns at once. `left` is told on the event loop when the piece has gone, or that it never will. The bytes are
    /// not copied: nobody changes them.
    void write(byte[] piece, Left left);

    /// Hears what became of a piece.
    @FunctionalInterface
    interface Left {
        void left(boolean fine);
    }

    /// By Vert.x: `writer` is called on `context`.
    static Outlet by(Context context, Function<Buffer, Future<Void>> writer) {
        return (piece, left) ->
                context.runOnContext(now -> writer.apply(BufferInternal.buffer(Unpooled.wrappedBuffer(piece)))
                        .onComplete(done -> left.left(done.succeeded())));
    }
}
