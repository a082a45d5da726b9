package dev.jobctl.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.VirtualTime;
import dev.jobctl.store.Change;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One thread tells all who watch a collection, each exactly what it has not seen.
class CrowdsTest {
    private static final String PREFIX = Kinds.CONFIG_MAP.keyPrefix() + "default/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MemoryBackend backend = new MemoryBackend(new VirtualTime(Instant.EPOCH));
    private final Crowds crowds = new Crowds(backend, CrowdsTest::line);

    private static byte[] line(Change<ObjectVersion> change) {
        String name = Objects.requireNonNull(change.current()).value().key().name();
        return (name + "\n").getBytes(UTF_8);
    }

    private long make(String name) {
        return backend.put(
                        Kinds.CONFIG_MAP,
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withNamespace("default")
                                .endMetadata()
                                .build())
                .revision();
    }

    private long now() {
        return backend.snapshot().revision();
    }

    private Crowds.Seat seat(Reader reader, long seen) {
        Crowds.@Nullable Seat seat = crowds.join(PREFIX, reader, seen);
        assertThat(seat).isNotNull();
        return Objects.requireNonNull(seat);
    }

    @Test
    void everybodyHearsEachChangeOnce() throws InterruptedException {
        Reader one = new Reader(100);
        Reader other = new Reader(100);
        seat(one, now());
        seat(other, now());
        make("a");
        assertThat(one.next()).isEqualTo("a\n");
        assertThat(other.next()).isEqualTo("a\n");
        make("b");
        assertThat(one.next()).isEqualTo("b\n");
        assertThat(other.next()).isEqualTo("b\n");
    }

    @Test
    void whoIsBehindMustCatchUpFirst() throws InterruptedException {
        Reader one = new Reader(100);
        long before = now();
        seat(one, before);
        make("a");
        assertThat(one.next()).isEqualTo("a\n");
        assertThat(crowds.join(PREFIX, new Reader(100), before)).isNull();
        assertThat(crowds.join(PREFIX, new Reader(100), now())).isNotNull();
    }

    @Test
    void whoIsAheadIsNotToldAgain() throws InterruptedException {
        long before = now();
        make("a");
        Reader ahead = new Reader(100);
        Crowds.Seat first = seat(new Reader(100), before);
        seat(ahead, now());
        make("b");
        assertThat(ahead.next()).isEqualTo("b\n");
        assertThat(first.leave()).isEqualTo(now());
    }

    @Test
    void aSlowReaderIsSentAwayAndKnowsHowFarItCame() throws InterruptedException {
        Reader slow = new Reader(1);
        Reader fast = new Reader(100);
        Crowds.Seat seat = seat(slow, now());
        seat(fast, now());
        long first = make("a");
        assertThat(fast.next()).isEqualTo("a\n");
        make("b");
        assertThat(fast.next()).isEqualTo("b\n");
        seat.rest(PATIENCE);
        assertThat(seat.sentAway()).isTrue();
        assertThat(seat.leave()).isEqualTo(first);
        assertThat(slow.next()).isEqualTo("a\n");
        make("c");
        assertThat(fast.next()).isEqualTo("c\n");
        assertThat(slow.taken).isEmpty();
    }

    @Test
    void whoHasLeftIsToldNothingMore() throws InterruptedException {
        Reader gone = new Reader(100);
        Reader stays = new Reader(100);
        Crowds.Seat seat = seat(gone, now());
        seat(stays, now());
        long seen = seat.leave();
        assertThat(seen).isEqualTo(now());
        make("a");
        assertThat(stays.next()).isEqualTo("a\n");
        assertThat(gone.taken).isEmpty();
    }

    @Test
    void anEmptyCrowdEndsAndANewOneBeginsWhereItIsAsked() throws InterruptedException {
        long before = now();
        seat(new Reader(100), before).leave();
        make("a");
        Reader late = new Reader(100);
        seat(late, before);
        assertThat(late.next()).isEqualTo("a\n");
    }

    /// Has room for so many pieces, however many are taken out.
    private static final class Reader implements ApiResponse.Sink {
        private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        private int room;

        Reader(int room) {
            this.room = room;
        }

        String next() throws InterruptedException {
            return String.valueOf(taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        @Override
        public void send(byte[] piece) {
            taken.add(new String(piece, UTF_8));
        }

        @Override
        public synchronized boolean offer(byte[] piece) {
            if (room == 0) {
                return false;
            }
            room--;
            send(piece);
            return true;
        }

        @Override
        public boolean closed() {
            return false;
        }

        @Override
        public void onClose(Runnable action) {}
    }
}
