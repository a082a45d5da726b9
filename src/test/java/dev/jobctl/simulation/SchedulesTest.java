package dev.jobctl.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Random schedules on the real loop and controllers. `-Dschedules=N` plays another number of them, `-Dfrom=SEED`
/// others,
/// `-Dseed=SEED` one.
class SchedulesTest {
    /// What two idle processors play before the guard ends it; a longer run is `-Dschedules=N` or `scripts/soak`.
    private static final long SCHEDULES = 100_000;

    /// Where the machine is too slow for all of them, as many as fit are played; how many is printed.
    private static final Duration GUARD = Duration.ofSeconds(110);

    /// Fewer would prove nothing.
    private static final long LEAST = 100;

    @Test
    void noScheduleBreaksAnInvariant() {
        Long seed = Long.getLong("seed");
        long from = seed != null ? seed : Long.getLong("from", 1L);
        long count = seed != null ? 1 : Long.getLong("schedules", SCHEDULES);
        Campaign.Result result = Campaign.run(Campaign.honest(), from, count, GUARD);
        if (result.failure() != null) {
            throw new AssertionError(
                    Campaign.report(result.failure().getKey(), result.failure().getValue(), Campaign.honest()));
        }
        IO.println(
                "seeds from %d, %d of %d schedules played: %s".formatted(from, result.played(), count, result.tally()));
        assertThat(result.played()).isGreaterThanOrEqualTo(Math.min(LEAST, count));
    }

    @Test
    void aScheduleIsAFunctionOfItsSeed() {
        for (long seed = 1; seed < 100; seed++) {
            assertThat(Generator.draw(seed)).isEqualTo(Generator.draw(seed));
        }
    }
}
