package dev.jobctl.apiserver.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A key that is made when it is first needed.
final class SigningKeyTest {
    @Test
    void allWhoNeedAFreshKeyFirstGetTheSameOne() throws ExecutionException, InterruptedException {
        SigningKey key = SigningKey.fresh();
        List<Future<String>> tokens = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 8; i++) {
                tokens.add(threads.submit(() -> key.sign("{}".getBytes(UTF_8))));
            }
        }
        for (Future<String> token : tokens) {
            assertThat(knows(key, token.get())).isTrue();
        }
    }

    @Test
    void aKeyThatIsReadBackSignsAsTheFreshOne() throws GeneralSecurityException {
        SigningKey fresh = SigningKey.fresh();
        SigningKey read = SigningKey.read(fresh.text());
        assertThat(read).isEqualTo(fresh).isNotEqualTo(SigningKey.fresh());
        assertThat(knows(read, fresh.sign(new byte[0]))).isTrue();
        assertThat(knows(SigningKey.fresh(), fresh.sign(new byte[0]))).isFalse();
    }

    private static boolean knows(SigningKey key, String token) {
        int mark = token.lastIndexOf('.');
        return key.signed(token.substring(0, mark), Base64.getUrlDecoder().decode(token.substring(mark + 1)));
    }
}
