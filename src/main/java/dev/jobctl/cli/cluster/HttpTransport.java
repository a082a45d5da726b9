package dev.jobctl.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A cluster over HTTP: fabric8's client with the JDK's transport, used raw. Safe from any thread, shared by commands.
final class HttpTransport implements Transport, AutoCloseable {
    private final Factory factory = new Factory();
    private final HttpClient client;
    private final String server;
    private final Duration limit;

    /// `limit` holds for answers that do not stream; zero for none.
    HttpTransport(Access access, Duration limit) {
        Config config = ClientConfig.of(access);
        this.client = factory.newBuilder(config).build();
        this.server = config.getMasterUrl().replaceAll("/+$", "");
        this.limit = limit;
    }

    @Override
    public Answer send(Call call) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> pending = client.sendAsync(request(call), InputStream.class);
        try {
            HttpResponse<InputStream> response = pending.get();
            InputStream body = response.body() == null ? new ByteArrayInputStream(new byte[0]) : response.body();
            return new Answer(response.code(), warnings(response.headers("Warning")), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pending.cancel(true);
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public Channels converse(String target, String protocol) throws IOException {
        return Channels.open(client, WebSocket.toWebSocketUri(URI.create(server + target)), protocol);
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request =
                client.newHttpRequestBuilder().uri(server + call.target()).setHeader("Accept", call.accept());
        if (!call.streams() && !limit.isZero()) {
            request.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (call.body().length == 0) {
            return (call.method().equals("GET") ? request : request.method(call.method(), null, (String) null)).build();
        }
        return request.method(
                        call.method(), call.contentType(), new ByteArrayInputStream(call.body()), call.body().length)
                .build();
    }

    /// `299 - "text"` becomes `text`.
    private static List<String> warnings(@Nullable List<String> headers) {
        List<String> texts = new ArrayList<>();
        for (String header : headers == null ? List.<String>of() : headers) {
            int from = header.indexOf('"');
            int to = header.lastIndexOf('"');
            texts.add(from >= 0 && to > from ? header.substring(from + 1, to).replace("\\\"", "\"") : header);
        }
        return texts;
    }

    @Override
    public String address() {
        URI uri = URI.create(server);
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public void close() {
        client.close();
        factory.end();
    }

    /// Remembers the JDK client, because only its own end stops its selector thread; a thread that waits in a native
    /// call would delay the exit of the JVM by 300 ms.
    private static final class Factory extends JdkHttpClientFactory {
        private java.net.http.@Nullable HttpClient made;

        @Override
        protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
            return new RememberingBuilder(super.createNewHttpClientBuilder(), client -> made = client);
        }

        void end() {
            java.net.http.HttpClient client = made;
            if (client != null) {
                client.shutdownNow();
                try {
                    client.awaitTermination(Duration.ofMillis(200));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
