package dev.jobctl.apiserver.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Makes X.509 certificates with EC P-256 keys: one authority, and certificates of servers and callers signed by it.
/// The JDK reads certificates but has no public way to write them.
final class Certificates {
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    static final Duration SERVER_LIFE = Duration.ofDays(365);
    /// Clocks of other machines and virtual machines may be a little behind ours.
    private static final Duration SLACK = Duration.ofHours(1);

    /// What a certificate may be used for.
    static final String OF_SERVER = "1.3.6.1.5.5.7.3.1";
    static final String OF_CLIENT = "1.3.6.1.5.5.7.3.2";

    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";

    private Certificates() {}

    /// A key with its certificate.
    record Identity(PrivateKey key, X509Certificate certificate) {}

    static Identity authority(String name, Instant now, BigInteger serial) throws GeneralSecurityException {
        KeyPair pair = newPair();
        byte[] subject = named(name);
        byte[] keyId = keyId(pair.getPublic());
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence(Der.truth())),
                extension("2.5.29.15", true, Der.flags(0b1000_0110, 1)),
                extension("2.5.29.14", false, Der.octets(keyId)));
        byte[] body = body(serial, subject, subject, now, AUTHORITY_LIFE, pair.getPublic(), extensions);
        return new Identity(pair.getPrivate(), signed(body, pair.getPrivate()));
    }

    /// For the DNS `names` and IP `addresses` (raw bytes, 4 or 16 of them).
    static Identity server(
            Identity authority, List<String> names, List<byte[]> addresses, Instant now, BigInteger serial)
            throws GeneralSecurityException {
        List<byte[]> alternatives = new ArrayList<>();
        for (String name : names) {
            alternatives.add(Der.context(2, false, name.getBytes(StandardCharsets.US_ASCII)));
        }
        for (byte[] address : addresses) {
            alternatives.add(Der.context(7, false, address));
        }
        byte[] others = extension("2.5.29.17", false, Der.sequence(alternatives.toArray(byte[][]::new)));
        return leaf(authority, named(names.getFirst()), OF_SERVER, others, now, serial);
    }

    /// For one use.
    ///
    /// @param subject as it is written: a sequence of sets
    /// @param extension one more, empty for none
    static Identity leaf(
            Identity authority, byte[] subject, String use, byte[] extension, Instant now, BigInteger serial)
            throws GeneralSecurityException {
        KeyPair pair = newPair();
        byte[] authorityId = keyId(authority.certificate().getPublicKey());
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence()),
                extension("2.5.29.15", true, Der.flags(0b1000_0000, 7)),
                extension("2.5.29.37", false, Der.sequence(Der.identifier(use))),
                extension("2.5.29.14", false, Der.octets(keyId(pair.getPublic()))),
                extension("2.5.29.35", false, Der.sequence(Der.context(0, false, authorityId))),
                extension);
        byte[] issuer = authority.certificate().getSubjectX500Principal().getEncoded();
        byte[] body = body(serial, issuer, subject, now, SERVER_LIFE, pair.getPublic(), extensions);
        return new Identity(pair.getPrivate(), signed(body, authority.key()));
    }

    static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    static X509Certificate readCertificate(String pem) throws GeneralSecurityException {
        byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    static PrivateKey readKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not a PEM private key", e);
        }
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] body(
            BigInteger serial,
            byte[] issuer,
            byte[] subject,
            Instant now,
            Duration life,
            PublicKey key,
            byte[] extensions) {
        return Der.sequence(
                Der.context(0, true, Der.integer(BigInteger.TWO)),
                Der.integer(serial),
                Der.sequence(Der.identifier(ECDSA_SHA256)),
                issuer,
                Der.sequence(Der.time(now.minus(SLACK)), Der.time(now.plus(life))),
                subject,
                key.getEncoded(),
                Der.context(3, true, extensions));
    }

    private static X509Certificate signed(byte[] body, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        byte[] whole = Der.sequence(body, Der.sequence(Der.identifier(ECDSA_SHA256)), Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] named(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text(commonName))));
    }

    private static byte[] extension(String identifier, boolean critical, byte[] value) {
        byte[] wrapped = Der.octets(value);
        return critical
                ? Der.sequence(Der.identifier(identifier), Der.truth(), wrapped)
                : Der.sequence(Der.identifier(identifier), wrapped);
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    }

    private static String pem(String what, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
