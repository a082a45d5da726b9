package dev.jobctl.std;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockChangesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// The moment and what has passed, moved apart.
    private static final class Hands implements Time {
        private Instant now = START;
        private Duration elapsed = Duration.ofDays(3);

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public Duration elapsed() {
            return elapsed;
        }
    }

    private final Hands hands = new Hands();
    private final ClockChanges changes = new ClockChanges(hands);

    private Duration moved(String wall, String steady) {
        hands.now = hands.now.plus(Duration.parse(wall));
        hands.elapsed = hands.elapsed.plus(Duration.parse(steady));
        return changes.until(hands.now);
    }

    @Test
    void timeThatPassesIsNoChange() {
        assertThat(moved("PT50H", "PT50H")).isZero();
    }

    @Test
    void aChangeIsToldOnceInBothDirections() {
        assertThat(moved("-PT1H", "PT1M")).isEqualTo(Duration.parse("-PT1H1M"));
        assertThat(moved("PT1S", "PT1S")).isZero();
        assertThat(moved("PT2H", "PT0S")).isEqualTo(Duration.ofHours(2)); // the machine has slept
        assertThat(moved("PT1S", "PT1S")).isZero();
    }

    @Test
    void smallChangesAddUp() {
        assertThat(moved("PT0S", "PT0.6S")).isZero();
        assertThat(moved("PT0S", "PT0.6S")).isEqualTo(Duration.ofMillis(-1_200));
    }

    @Test
    void theSystemsClocksAgree() {
        assertThat(new ClockChanges(Time.system()).until(Time.system().now())).isZero();
    }
}
