package dev.jobctl.apiserver.access;

import dev.jobctl.resource.value.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The key that signs the tokens of service accounts: EC P-256, as JSON Web Tokens with ES256. A fresh one is made when
/// it is first needed: in a JVM that has just started that takes longer than a short Job. Safe from any thread.
public final class SigningKey {
    private static final String FORM = "SHA256withECDSAinP1363Format";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int WORD = 32;

    private final Object making = new Object();
    private @Nullable Made made;

    private SigningKey(@Nullable Made made) {
        this.made = made;
    }

    private record Made(KeyPair pair, String id) {
        static Made of(KeyPair pair) {
            return new Made(pair, TEXT.encodeToString(digest(pair.getPublic().getEncoded())));
        }
    }

    public static SigningKey fresh() {
        return new SigningKey(null);
    }

    private Made made() {
        synchronized (making) { // who waits would make it otherwise
            if (made == null) {
                made = Made.of(generated());
            }
            return made;
        }
    }

    private static KeyPair generated() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC keys", e);
        }
    }

    /// From what [#text()] returned. Throws [GeneralSecurityException] for anything else.
    public static SigningKey read(String text) throws GeneralSecurityException {
        String[] lines = text.strip().split("\\s+", -1);
        if (lines.length != 2) {
            throw new GeneralSecurityException("a signing key has two lines");
        }
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            Base64.Decoder decoder = Base64.getDecoder();
            return new SigningKey(Made.of(new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(decoder.decode(lines[1]))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines[0]))))));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not a signing key", e);
        }
    }

    /// The private and the public key in Base64, a line each. Secret.
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder();
        KeyPair pair = made().pair();
        return encoder.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                + encoder.encodeToString(pair.getPublic().getEncoded()) + "\n";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof SigningKey key
                        && made().id().equals(key.made().id());
    }

    @Override
    public int hashCode() {
        return made().id().hashCode();
    }

    @Override
    public String toString() {
        return "SigningKey[" + made().id() + "]";
    }

    /// A signed token with these claims.
    String sign(byte[] claims) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("alg", "ES256");
        header.put("kid", made().id());
        String signed = TEXT.encodeToString(Json.write(header)) + "." + TEXT.encodeToString(claims);
        try {
            Signature signature = Signature.getInstance(FORM);
            signature.initSign(made().pair().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + TEXT.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /// Whether this key signed it. Which algorithm the token names does not matter: there is but one.
    boolean signed(String head, byte[] mark) {
        try {
            Signature signature = Signature.getInstance(FORM);
            signature.initVerify(made().pair().getPublic());
            signature.update(head.getBytes(StandardCharsets.UTF_8));
            return signature.verify(mark);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA", e);
        }
    }

    /// The public key as a JSON Web Key, for who wants to check tokens by itself.
    Map<String, String> published() {
        ECPublicKey key = (ECPublicKey) made().pair().getPublic();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("use", "sig");
        facts.put("kty", "EC");
        facts.put("kid", made().id());
        facts.put("crv", "P-256");
        facts.put("alg", "ES256");
        facts.put("x", word(key.getW().getAffineX()));
        facts.put("y", word(key.getW().getAffineY()));
        return facts;
    }

    private static String word(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] word = new byte[WORD];
        int kept = Math.min(bytes.length, WORD);
        System.arraycopy(bytes, bytes.length - kept, word, WORD - kept, kept);
        return TEXT.encodeToString(word);
    }

    private static byte[] digest(byte[] of) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(of), WORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
