package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Callers that are known by the certificate of their connection.
@Timeout(60)
final class ClientCertificatesTest {
    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String REVIEW = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";

    @TempDir
    private static Path directory;

    private static Running running;
    private static Certificates.Identity authority;

    @BeforeAll
    static void start() throws Exception {
        running = new Running(directory);
        String text = Files.readString(directory.resolve("ca.pem"));
        int middle = text.indexOf("-----BEGIN PRIVATE KEY");
        authority = new Certificates.Identity(
                Certificates.readKey(text.substring(middle)), Certificates.readCertificate(text.substring(0, middle)));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void theCommonNameIsTheUserAndOrganizationsAreTheGroups() throws Exception {
        HttpResponse<String> answer = whoami(client(authority, Instant.now(), "ann", "dev", "system:masters"), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body())
                .contains("\"username\":\"ann\"")
                .contains("\"groups\":[\"dev\",\"system:masters\",\"system:authenticated\"]")
                .contains("authentication.kubernetes.io/credential-id", "X509SHA256=");
    }

    @Test
    void itComesBeforeAToken() throws Exception {
        HttpResponse<String> answer =
                whoami(client(authority, Instant.now(), "ann", "system:masters"), running.credentials.adminToken());
        assertThat(answer.body()).contains("\"username\":\"ann\"");
    }

    @Test
    void oneThatProvesNothingIsUnauthorizedAndATokenBesideItCounts() throws Exception {
        Certificates.Identity stranger = Certificates.authority("jobctl-ca-1", Instant.now(), BigInteger.TWO);
        Instant longAgo = Instant.now().minus(Duration.ofDays(500));
        Certificates.Identity server =
                Certificates.server(authority, List.of("ann"), List.of(), Instant.now(), BigInteger.TWO);
        for (Certificates.Identity wrong : List.of(
                client(stranger, Instant.now(), "ann", "system:masters"),
                client(authority, longAgo, "ann", "system:masters"),
                server)) {
            HttpResponse<String> answer = whoami(wrong, "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
            assertThat(answer.body()).contains("\"reason\":\"Unauthorized\"");
            assertThat(whoami(wrong, running.credentials.adminToken()).body())
                    .contains("\"username\":\"kubernetes-admin\"");
        }
    }

    @Test
    void oneWithoutACommonNameIsAStranger() throws Exception {
        byte[] subject = Der.sequence(part("2.5.4.10", "dev"));
        Certificates.Identity nobody = Certificates.leaf(
                authority, subject, Certificates.OF_CLIENT, new byte[0], Instant.now(), BigInteger.TWO);
        assertThat(whoami(nobody, "").statusCode()).isEqualTo(401);
    }

    /// A client's second connection may take up the session of its first one, in which it shows no certificate.
    @Test
    void theNextConnectionsAreTheSameCallers() throws Exception {
        SSLContext context =
                running.trust(new KeyManager[] {new OneKey(client(authority, Instant.now(), "ann", "system:masters"))});
        String request = "POST " + WHOAMI + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + REVIEW.length() + "\r\n\r\n" + REVIEW;
        for (int i = 0; i < 3; i++) {
            try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", running.front.port())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("\"username\":\"ann\"");
            }
        }
    }

    private static Certificates.Identity client(
            Certificates.Identity by, Instant at, String name, String... organizations) throws Exception {
        byte[][] parts = Stream.concat(
                        Stream.of(organizations).map(each -> part("2.5.4.10", each)), Stream.of(part("2.5.4.3", name)))
                .toArray(byte[][]::new);
        return Certificates.leaf(by, Der.sequence(parts), Certificates.OF_CLIENT, new byte[0], at, BigInteger.TEN);
    }

    private static byte[] part(String type, String value) {
        return Der.set(Der.sequence(Der.identifier(type), Der.text(value)));
    }

    private static HttpResponse<String> whoami(Certificates.Identity caller, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.front.address() + WHOAMI))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(REVIEW));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        SSLContext context = running.trust(new KeyManager[] {new OneKey(caller)});
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    /// Presents its certificate whatever authorities the server names.
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "caller";
        private final Certificates.Identity caller;

        private OneKey(Certificates.Identity caller) {
            this.caller = caller;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {caller.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return caller.key();
        }
    }
}
