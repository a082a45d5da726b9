package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.access.SigningKey;
import dev.jobctl.std.Luck;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// What proves who is who on the local API: the authority that clients trust, the server's key and certificate, and the
/// administrator's token. Made on first use and kept in files that only their owner can read.
///
/// @param authority PEM of the authority's certificate
/// @param serverCertificate PEM of the server's certificate
/// @param serverKey PEM of its private key
/// @param adminToken 256 random bits, in hexadecimal
/// @param tokenKey signs the tokens of service accounts
public record Credentials(
        String authority, String serverCertificate, String serverKey, String adminToken, SigningKey tokenKey) {
    /// Names by which clients may call the server: from this machine, and from inside a pod.
    static final List<String> NAMES = List.of(
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local");

    private static final List<byte[]> ADDRESSES =
            List.of(new byte[] {127, 0, 0, 1}, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    /// A server certificate with less than this left is made anew; a daemon seldom runs for a month.
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @Override
    public String toString() {
        return "Credentials[secret]";
    }

    /// Loads what is in `directory` and makes what is missing, unreadable as a certificate, or about to expire.
    /// The authority and the token stay the same for as long as their files do.
    public static Credentials open(Path directory, Instant now, Luck luck) throws IOException {
        Files.createDirectories(directory);
        try {
            Certificates.Identity authority = authority(directory, now, luck);
            Certificates.Identity server = server(directory, authority, now, luck);
            return new Credentials(
                    Certificates.pem(authority.certificate()),
                    Certificates.pem(server.certificate()),
                    Certificates.pem(server.key()),
                    token(directory, luck),
                    tokenKey(directory));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make certificates in " + directory + ": " + e.getMessage(), e);
        }
    }

    /// The authority's certificate.
    X509Certificate authorityCertificate() throws IOException {
        try {
            return Certificates.readCertificate(authority);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority's certificate cannot be read", e);
        }
    }

    /// A kubeconfig that names the server at `address` (such as `https://127.0.0.1:6443`) as its only and current
    /// context, called `name`.
    public String kubeconfig(String name, String address) {
        String trusted = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII));
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - name: %1$s
              cluster:
                server: %2$s
                certificate-authority-data: %3$s
            users:
            - name: %1$s
              user:
                token: %4$s
            contexts:
            - name: %1$s
              context:
                cluster: %1$s
                user: %1$s
                namespace: default
            current-context: %1$s
            """.formatted(name, address, trusted, adminToken);
    }

    private static Certificates.Identity authority(Path directory, Instant now, Luck luck)
            throws IOException, GeneralSecurityException {
        Path file = directory.resolve("ca.pem");
        if (Files.exists(file)) {
            Certificates.Identity known = read(file);
            if (endOf(known).isAfter(now.plus(Certificates.SERVER_LIFE))) {
                return known;
            }
        }
        Certificates.Identity made = Certificates.authority("jobctl-ca-" + now.getEpochSecond(), now, serial(luck));
        write(file, text(made));
        return made;
    }

    private static Certificates.Identity server(Path directory, Certificates.Identity authority, Instant now, Luck luck)
            throws IOException, GeneralSecurityException {
        Path file = directory.resolve("server.pem");
        if (Files.exists(file)) {
            Certificates.Identity known = read(file);
            boolean ours = known.certificate()
                    .getIssuerX500Principal()
                    .equals(authority.certificate().getSubjectX500Principal());
            if (ours && endOf(known).isAfter(now.plus(RENEW_BEFORE))) {
                return known;
            }
        }
        Certificates.Identity made = Certificates.server(authority, NAMES, ADDRESSES, now, serial(luck));
        write(file, text(made));
        return made;
    }

    private static String token(Path directory, Luck luck) throws IOException {
        Path file = directory.resolve("token");
        if (Files.exists(file)) {
            String known = Files.readString(file).strip();
            if (known.length() == 64) {
                return known;
            }
        }
        byte[] bits = new byte[32];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) luck.below(256);
        }
        String made = HexFormat.of().formatHex(bits);
        write(file, made + "\n");
        return made;
    }

    private static SigningKey tokenKey(Path directory) throws IOException {
        Path file = directory.resolve("sa.key");
        if (Files.exists(file)) {
            try {
                return SigningKey.read(Files.readString(file));
            } catch (GeneralSecurityException e) {
                throw new IOException("cannot read " + file + "; remove it to have it made anew", e);
            }
        }
        SigningKey made = SigningKey.fresh();
        write(file, made.text());
        return made;
    }

    private static BigInteger serial(Luck luck) {
        return BigInteger.valueOf(luck.nextLong() & Long.MAX_VALUE).shiftLeft(8).add(BigInteger.ONE);
    }

    private static Instant endOf(Certificates.Identity identity) {
        return identity.certificate().getNotAfter().toInstant();
    }

    /// Certificate and key in one file, so that they are replaced together.
    private static String text(Certificates.Identity identity) throws GeneralSecurityException {
        return Certificates.pem(identity.certificate()) + Certificates.pem(identity.key());
    }

    private static Certificates.Identity read(Path file) throws IOException {
        String text = Files.readString(file);
        int middle = Math.max(text.indexOf("-----BEGIN PRIVATE KEY"), 0);
        try {
            return new Certificates.Identity(
                    Certificates.readKey(text.substring(middle)),
                    Certificates.readCertificate(text.substring(0, middle)));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read " + file + "; remove it to have it made anew", e);
        }
    }

    /// Whole or not at all, and never readable by others, not even for a moment.
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
