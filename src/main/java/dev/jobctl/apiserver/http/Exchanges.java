package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.std.Log;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One exchange from request to response: `accept` collects on the event loop, `run` answers on a virtual thread.
/// Vert.x objects are touched on their own event loop only; [Chunks#of] but looks at the line.
final class Exchanges {
    /// Running requests, watches included; each holds a virtual thread and a few kilobytes. More get 429.
    private static final int MAX_RUNNING = 16_384;
    /// How much of a body that is too large is read and dropped, so that the client hears why; then the line is cut.
    private static final long MAX_DROPPED = 256L * 1024 * 1024;

    private static final String HEAD = "HEAD";

    private final ExecutorService threads;
    private final Connections connections;
    private final Answering answer;
    private final Log log;
    private final Semaphore room = new Semaphore(MAX_RUNNING);
    private final BodyBudget bodies = new BodyBudget();
    /// As many as event loops.
    private final Map<EventLoop, Outbox> outboxes = new ConcurrentHashMap<>();

    Exchanges(ExecutorService threads, Connections connections, Answering answer, Log log) {
        this.threads = threads;
        this.connections = connections;
        this.answer = answer;
        this.log = log;
    }

    /// One request with the event loop that owns it.
    private record Exchange(HttpServerRequest request, HttpServerResponse response, ContextInternal context) {}

    /// A request has come: its head only. On its event loop.
    void accept(HttpServerRequest request) {
        ContextInternal context = ContextInternal.current();
        Exchange exchange = new Exchange(request, request.response(), context);
        if (!Hosts.known(request.authority())) {
            refuse(exchange, 403, "Forbidden", "this server is not called by the host name of the request");
            return;
        }
        if (request.canUpgradeToWebSocket()) {
            request.pause();
            start(exchange, head(request), new byte[0], true);
            return;
        }
        @Nullable ApiRequest head = head(request);
        // A stranger's body is dropped as it comes: hundreds of them, sent but for the last byte, would fill the
        // memory.
        int most = head != null && answer.welcomes(head) ? HttpFront.MAX_BODY : 0;
        BodyBudget.Share share = bodies.share();
        exchange.response().endHandler(end -> share.close());
        exchange.response().closeHandler(gone -> share.close());
        Buffer body = Buffer.buffer();
        long[] length = {0};
        request.handler(piece -> {
            length[0] += piece.length();
            int wanted = Math.min(piece.length(), most - body.length());
            if (share.take(wanted)) {
                body.appendBuffer(piece, 0, wanted);
            }
            if (length[0] > MAX_DROPPED) {
                request.connection().close();
            }
        });
        request.endHandler(end -> {
            if (share.refused()) {
                exchange.response().putHeader("retry-after", "1");
                refuse(exchange, 429, "TooManyRequests", "too many large requests at once, please try again later");
            } else {
                start(exchange, head, body.getBytes(), false);
            }
        });
    }

    private @Nullable ApiRequest head(HttpServerRequest request) {
        return Requests.read(request, connections.certified(request.connection()));
    }

    /// @param head null when it cannot be read
    private void start(Exchange exchange, @Nullable ApiRequest head, byte[] body, boolean upgrade) {
        if (head == null) {
            refuse(exchange, 400, "BadRequest", "the path or query of the request is not properly encoded");
            return;
        }
        ApiRequest call = head.with(body);
        if (!room.tryAcquire()) {
            exchange.response().putHeader("retry-after", "1");
            refuse(exchange, 429, "TooManyRequests", "too many requests, please try again later");
            return;
        }
        HttpConnection connection = exchange.request().connection();
        connections.requestBegan(connection);
        try {
            threads.execute(() -> {
                try {
                    run(exchange, call, upgrade);
                } finally {
                    connections.requestEnded(connection);
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            connections.requestEnded(connection);
            room.release();
            refuse(exchange, 503, "ServiceUnavailable", "the server is shutting down");
        }
    }

    private Outbox outbox(Exchange exchange) {
        return outboxes.computeIfAbsent(exchange.context().nettyEventLoop(), Outbox::new);
    }

    /// On a virtual thread, until the response is written.
    private void run(Exchange exchange, ApiRequest call, boolean upgrade) {
        ApiResponse response;
        try {
            response = answer.handle(call);
        } catch (RuntimeException | LinkageError e) {
            log.error("request failed", e, "method", call.method(), "path", call.path());
            response = new ApiResponse.Whole(
                    500,
                    Map.of("content-type", "application/json"),
                    Requests.status(500, "InternalError", "Internal error occurred"));
        }
        if (log.debugging()) {
            log.debug("request", "method", call.method(), "path", call.path(), "code", response.code());
        }
        switch (response) {
            case ApiResponse.Whole whole -> exchange.context().runOnContext(now -> write(exchange, whole));
            case ApiResponse.Stream stream when upgrade -> webSocket(exchange, stream);
            case ApiResponse.Upgrade talk -> converse(exchange, talk.dialogue());
            case ApiResponse.Stream stream -> stream(exchange, stream);
        }
    }

    private static void write(Exchange exchange, ApiResponse.Whole whole) {
        HttpServerResponse response = exchange.response();
        if (response.closed() || response.ended()) {
            return;
        }
        head(exchange, whole);
        if (exchange.request().method().name().equals(HEAD)) { // a body would break an HTTP/2 stream
            response.putHeader("content-length", Integer.toString(whole.body().length));
            response.end();
        } else {
            response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(whole.body())));
        }
        if (!exchange.request().isEnded()) {
            exchange.request().resume();
        }
    }

    private void stream(Exchange exchange, ApiResponse.Stream stream) {
        HttpServerResponse response = exchange.response();
        Outbox outbox = outbox(exchange);
        @Nullable Chunks chunks = Chunks.of(exchange.request(), exchange.context(), outbox);
        StreamSink sink = new StreamSink(chunks == null ? Outlet.by(exchange.context(), response::write) : chunks);
        exchange.context().runOnContext(now -> {
            response.closeHandler(gone -> sink.close());
            response.exceptionHandler(broken -> sink.close());
            if (response.closed()) {
                sink.close();
                return;
            }
            head(exchange, stream);
            if (exchange.request().version() != HttpVersion.HTTP_2) {
                response.setChunked(true);
            }
            Future<Void> head = response.writeHead();
            if (chunks != null) {
                head.onSuccess(left -> chunks.begin());
            }
        });
        boolean whole = pump(stream, sink);
        Runnable end = () -> exchange.context().runOnContext(now -> end(response, whole));
        if (chunks == null) {
            end.run();
        } else {
            outbox.execute(end); // after all pieces
        }
    }

    private static void end(HttpServerResponse response, boolean whole) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (whole) {
            response.end();
        } else {
            response.reset();
        }
    }

    /// The API upgrades only what asked for it.
    private void converse(Exchange exchange, ApiResponse.Dialogue dialogue) {
        CompletableFuture<SocketLine> upgraded = new CompletableFuture<>();
        exchange.context()
                .runOnContext(now -> exchange.request().toWebSocket().onComplete(result -> {
                    if (result.succeeded()) {
                        upgraded.complete(SocketLine.of(exchange.context(), result.result()));
                    } else {
                        upgraded.completeExceptionally(result.cause());
                    }
                }));
        try {
            SocketLine line = upgraded.get();
            switch (dialogue) {
                case ApiResponse.Talk talk -> talk.hold(line);
                case ApiResponse.Ports ports
                when line.protocol().startsWith("SPDY/") -> SpdyTunnel.hold(ports.connector(), line);
                case ApiResponse.Ports ports -> PortChannels.hold(ports, line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException e) {
            log.debug("conversation broke off", "path", exchange.request().path(), "cause", String.valueOf(e));
        } catch (RuntimeException | LinkageError e) {
            log.error("conversation failed", e, "path", exchange.request().path());
            upgraded.thenAccept(SocketLine::close);
        }
    }

    /// Each line of the stream becomes one text message, as Kubernetes does it for watches.
    private void webSocket(Exchange exchange, ApiResponse.Stream stream) {
        CompletableFuture<ServerWebSocket> upgraded = new CompletableFuture<>();
        exchange.context()
                .runOnContext(now -> exchange.request().toWebSocket().onComplete(result -> {
                    if (result.succeeded()) {
                        upgraded.complete(result.result());
                    } else {
                        upgraded.completeExceptionally(result.cause());
                    }
                }));
        try {
            ServerWebSocket socket = upgraded.get();
            StreamSink sink = new StreamSink(Outlet.by(exchange.context(), text -> Requests.messages(socket, text)));
            exchange.context().runOnContext(now -> {
                socket.closeHandler(gone -> sink.close());
                socket.exceptionHandler(broken -> sink.close());
                if (socket.isClosed()) {
                    sink.close();
                }
            });
            pump(stream, sink);
            exchange.context().runOnContext(now -> socket.close());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.debug("no websocket", "path", exchange.request().path(), "cause", String.valueOf(e.getCause()));
        }
    }

    /// True when the body was written to its end, or nobody wants it any more.
    private boolean pump(ApiResponse.Stream stream, StreamSink sink) {
        try {
            stream.writer().write(sink);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (IOException e) {
            if (!sink.closed()) {
                log.warning("stream broke off", "cause", e);
            }
            return false;
        } catch (RuntimeException | LinkageError e) {
            log.error("stream failed", e);
            return false;
        } finally {
            sink.close();
        }
    }

    private static void head(Exchange exchange, ApiResponse answer) {
        HttpServerResponse response = exchange.response().setStatusCode(answer.code());
        answer.headers().forEach((name, value) -> {
            for (String one : value.split("\n", -1)) {
                response.headers().add(name, one);
            }
        });
    }

    private static void refuse(Exchange exchange, int code, String reason, String message) {
        ApiResponse.Whole whole = new ApiResponse.Whole(
                code, Map.of("content-type", "application/json"), Requests.status(code, reason, message));
        write(exchange, whole);
    }
}
