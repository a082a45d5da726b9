package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.std.Luck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys, certificates and the token, and how long they last.
final class CredentialsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void theServersCertificateIsSignedByTheAuthorityAndNamesTheHosts() throws Exception {
        Credentials credentials = open(NOW);
        X509Certificate authority = Certificates.readCertificate(credentials.authority());
        X509Certificate server = Certificates.readCertificate(credentials.serverCertificate());
        server.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isPositive();
        assertThat(authority.getKeyUsage()[5]).isTrue();
        assertThat(authority.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        List<Object> names = new ArrayList<>();
        server.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertThat(names)
                .contains("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "127.0.0.1")
                .contains("0:0:0:0:0:0:0:1");
    }

    @Test
    void theyAreMadeOnceAndOnlyTheOwnerCanReadThem() throws Exception {
        Credentials first = open(NOW);
        Credentials second = open(NOW.plus(Duration.ofDays(1)));
        assertThat(second).isEqualTo(first);
        assertThat(first.adminToken()).matches("[0-9a-f]{64}");
        assertThat(first.toString()).doesNotContain(first.adminToken());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aServerCertificateThatExpiresSoonIsRenewed() throws Exception {
        Credentials first = open(NOW);
        Credentials later = open(NOW.plus(Duration.ofDays(340)));
        assertThat(later.authority()).isEqualTo(first.authority());
        assertThat(later.adminToken()).isEqualTo(first.adminToken());
        assertThat(later.serverCertificate()).isNotEqualTo(first.serverCertificate());
        Credentials muchLater = open(NOW.plus(Duration.ofDays(3600)));
        assertThat(muchLater.authority()).isNotEqualTo(first.authority());
    }

    @Test
    void aBrokenFileIsNamed() throws Exception {
        open(NOW);
        Files.writeString(directory.resolve("server.pem"), "nonsense");
        assertThatThrownBy(() -> open(NOW)).isInstanceOf(IOException.class).hasMessageContaining("server.pem");
    }

    @Test
    void theKubeconfigNamesServerAuthorityAndToken() throws Exception {
        Credentials credentials = open(NOW);
        assertThat(credentials.kubeconfig("local", "https://127.0.0.1:1"))
                .contains("current-context: local", "server: https://127.0.0.1:1", credentials.adminToken());
    }

    @Test
    void objectIdentifiersAreWrittenInBaseOneHundredTwentyEight() {
        assertThat(Der.identifier("1.2.840.10045.4.3.2"))
                .containsExactly(0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02);
        assertThat(Der.sequence(Der.integer(java.math.BigInteger.valueOf(5))))
                .containsExactly(0x30, 0x03, 0x02, 0x01, 0x05);
    }

    private Credentials open(Instant now) throws IOException {
        return Credentials.open(directory, now, Luck.secure());
    }
}
