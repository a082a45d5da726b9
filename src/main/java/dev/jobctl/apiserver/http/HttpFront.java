package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.std.Log;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The API's socket: an HTTPS server on the loopback address, with HTTP/1.1, HTTP/2 by ALPN, and WebSockets for
/// watches. Requests are collected on event loops and answered on virtual threads, one each. Safe from any thread.
public final class HttpFront implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    /// The API's own limit on bodies is 3 MiB; one byte more is read so that the API can say so itself.
    static final int MAX_BODY = 3 * 1024 * 1024 + 1;
    /// Room for a long token, a long list of accepted forms and a long selector; more is a flood.
    private static final int MAX_HEADERS = 64 * 1024;
    private static final int MAX_LINE = 32 * 1024;
    /// Clients open one stream per watch on one connection.
    private static final long MAX_STREAMS = 1000;
    /// Streams of one connection that its client may drop within [#RESETS_SECONDS]: who follows many objects drops a
    /// watch for each. Beyond that it is no program at work, and the connection is cut.
    private static final int MAX_RESETS = 20_000;

    private static final int RESETS_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 10;
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
    /// Of exec and attach, and of port-forward as kubectl does it; the old ones are what small clients speak.
    private static final List<String> PROTOCOLS = List.of(
            "v5.channel.k8s.io",
            "v4.channel.k8s.io",
            "v4.base64.channel.k8s.io",
            "channel.k8s.io",
            "base64.channel.k8s.io",
            "SPDY/3.1+portforward.k8s.io");

    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService requests;

    private HttpFront(Vertx vertx, HttpServer server, ExecutorService requests) {
        this.vertx = vertx;
        this.server = server;
        this.requests = requests;
    }

    /// How long those are borne who open a connection and say nothing.
    ///
    /// @param handshake until TLS stands
    /// @param sweep how often connections are looked at, see [Connections]
    record Patience(Duration handshake, Duration sweep) {}

    /// Starts to listen on `port`, or on any free one when it is 0. Throws [IOException], with what to do, when that
    /// port is taken. `answer` is called on a virtual thread per request.
    public static HttpFront open(int port, Credentials credentials, Answering answer, Log log) throws IOException {
        return open(port, credentials, answer, log, USUAL);
    }

    static HttpFront open(int port, Credentials credentials, Answering answer, Log log, Patience patience)
            throws IOException {
        return open(port, credentials, answer, log, patience, engine());
    }

    static HttpFront open(
            int port, Credentials credentials, Answering answer, Log log, Patience patience, SSLEngineOptions engine)
            throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        ClientCertificates callers = new ClientCertificates(credentials.authorityCertificate());
        Connections connections = new Connections(vertx, callers, patience.sweep());
        HttpServer server = vertx.createHttpServer(options(credentials, callers, patience, engine));
        Exchanges exchanges = new Exchanges(requests, connections, answer, log);
        server.connectionHandler(connections::opened);
        server.requestHandler(exchanges::accept);
        HttpFront front = new HttpFront(vertx, server, requests);
        try {
            server.listen(port, ADDRESS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return front;
        } catch (ExecutionException e) {
            front.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot listen on " + ADDRESS + ":" + port + " (" + cause.getMessage()
                            + "); end the program that uses this port or choose another one",
                    cause);
        } catch (TimeoutException e) {
            front.close();
            throw new IOException("no socket on " + ADDRESS + ":" + port + " within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            front.close();
            throw new IOException("interrupted while opening " + ADDRESS + ":" + port, e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Such as `https://127.0.0.1:6443`.
    public String address() {
        return "https://" + ADDRESS + ":" + port();
    }

    /// Takes no more requests, ends the running ones and frees the port. Waits for that, but not for ever. Idempotent.
    @Override
    public void close() {
        requests.shutdownNow();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process is about to end or the port is gone with the last reference; nothing else can be done.
            return;
        }
    }

    /// Native code needs no compiling and half of the time; where there is no library for the platform, Java's own
    /// engine serves.
    static SSLEngineOptions engine() {
        return OpenSSLEngineOptions.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions();
    }

    private static HttpServerOptions options(
            Credentials credentials, ClientCertificates callers, Patience patience, SSLEngineOptions engine) {
        return new HttpServerOptions()
                .setSsl(true)
                .setSslEngineOptions(engine)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(credentials.serverCertificate()))
                        .addKeyValue(Buffer.buffer(credentials.serverKey())))
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(callers.trust())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS).setMaxHeaderListSize(MAX_HEADERS))
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_LINE)
                .setWebSocketSubProtocols(PROTOCOLS)
                // Nothing is gained on the loopback, and every request would pass through the two that offer it.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setTcpKeepAlive(true)
                .setSslHandshakeTimeout(patience.handshake().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
