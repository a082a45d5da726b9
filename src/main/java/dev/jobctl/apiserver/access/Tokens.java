package dev.jobctl.apiserver.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// Knows bearer tokens. Safe from any thread.
@FunctionalInterface
public interface Tokens {
    /// Whose token it is; empty for a stranger's. Takes the same time for every wrong token.
    Optional<Identity> identify(String token);

    /// Knows one token, the administrator's.
    static Tokens admin(String secret) {
        byte[] known = secret.getBytes(StandardCharsets.UTF_8);
        return token -> MessageDigest.isEqual(known, token.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(Identity.ADMIN)
                : Optional.empty();
    }
}
