package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A reader that takes nothing.
@Timeout(20)
final class StreamSinkTest {
    private static final byte[] QUARTER = new byte[256 * 1024];

    private final Vertx vertx = Vertx.vertx();
    private final StreamSink sink = new StreamSink(Outlet.by(
            vertx.getOrCreateContext(), buffer -> Promise.<Void>promise().future()));

    @AfterEach
    void end() {
        assertThat(vertx.close()).isNotNull();
    }

    @Test
    void isCutOffWhenPatienceIsOver() throws Exception {
        sink.send(QUARTER, Duration.ofSeconds(10));
        assertThatThrownBy(() -> sink.send(QUARTER, Duration.ofMillis(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the reader takes nothing any more");
    }

    @Test
    void thatHasGoneIsNotWaitedFor() throws Exception {
        sink.send(QUARTER);
        sink.close();
        assertThatThrownBy(() -> sink.send(QUARTER)).isInstanceOf(IOException.class);
    }
}
