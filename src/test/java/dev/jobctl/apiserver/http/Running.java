package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiServer;
import dev.jobctl.apiserver.MemoryBackend;
import dev.jobctl.apiserver.TestServer;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import io.vertx.core.net.SSLEngineOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An API server with a real socket, over a [MemoryBackend], and what is needed to call it.
final class Running implements AutoCloseable {
    final Credentials credentials;
    final MemoryBackend backend = new MemoryBackend(Time.system());
    final HttpFront front;
    final Path kubeconfig;

    Running(Path directory) throws IOException {
        this(directory, HttpFront.engine());
    }

    Running(Path directory, SSLEngineOptions engine) throws IOException {
        credentials = Credentials.open(directory, Time.system().now(), Luck.secure());
        ApiServer server = TestServer.server(backend, credentials.adminToken(), Time.system(), Log.none());
        front = HttpFront.open(0, credentials, server, Log.none(), HttpFront.USUAL, engine);
        kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, credentials.kubeconfig("local", front.address()));
    }

    @Override
    public void close() {
        front.close();
    }

    SSLContext trust() throws IOException, GeneralSecurityException {
        return trust(new KeyManager[0]);
    }

    /// Of a client that has those keys.
    SSLContext trust(KeyManager[] keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(credentials.authority().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    HttpClient client(HttpClient.Version version) throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trust())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(front.address() + target))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + credentials.adminToken());
    }
}
