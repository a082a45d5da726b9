package dev.jobctl.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.report.Timeline;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real threads: what is told reaches the observer in its order and with its time, and nobody waits for ever.
@Timeout(60)
class NarrationTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final int MANY = 10_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Narration narration = new Narration(new Observer(START, true), now::get);

    @AfterEach
    void close() {
        narration.close();
    }

    @Test
    void linesComeInTheOrderAndAtTheMomentInWhichTheyWereTold() {
        for (int i = 0; i < MANY; i++) {
            now.set(START.plusSeconds(i));
            narration.say(Kind.JOB, "job/a", "line " + i);
        }

        Observer observer = narration.end();
        assertThat(observer.now()).isEqualTo(now.get());
        assertThat(observer.entries()).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(observer.entries().get(i))
                    .isEqualTo(new Timeline.Entry(Duration.ofSeconds(i), Kind.JOB, "job/a", "line " + i, false));
        }
    }

    @Test
    void anObserverThatFailsStopsTheWorldAndNeverBlocksIt() {
        ObjectKey key = new ObjectKey(Kinds.POD, "default", "a");
        ObjectVersion noPod = ObjectVersion.of(key, Jobs.indexed("a", 1, 1).build(), 1);
        narration.published(List.of(new Change<>(key.path(), 1, null, new Entry<>(key.path(), 1, 1, noPod))));
        for (int i = 0; i < MANY; i++) {
            narration.say(Kind.JOB, "job/a", "line " + i);
        }

        assertThatThrownBy(narration::end).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(narration::checkHeard).isInstanceOf(ClassCastException.class);
    }

    @Test
    void whoIsInterruptedHearsOfItBetweenTwoStepsAndNotInOne() {
        Thread.currentThread().interrupt();
        narration.say(Kind.JOB, "job/a", "lost");
        assertThat(Thread.interrupted()).isTrue();

        assertThatThrownBy(narration::checkHeard).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(narration::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theObserversThreadEndsWithTheNarration() throws InterruptedException {
        narration.close();

        assertThat(narration.ends(Duration.ofSeconds(30))).isTrue();
    }
}
