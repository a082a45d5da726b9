package dev.jobctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.launch.wire.HomeError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<String> BUSY = Optional.of("1 unfinished Job");

    private final IdleWatch watch = new IdleWatch(Duration.ofHours(3), START);

    @Test
    void threeQuietHoursEndIt() {
        assertThat(tick(179, Optional.empty())).isEmpty();
        assertThat(tick(180, Optional.empty()).map(Ending::reason)).contains("nothing to do for 10800 s");
    }

    @Test
    void anyWorkStartsTheHoursAnew() {
        assertThat(tick(179, BUSY)).isEmpty();
        assertThat(tick(358, Optional.empty())).isEmpty();
        assertThat(tick(359, Optional.empty())).isPresent();
    }

    @Test
    void aClockSetBackStartsTheHoursAnew() {
        assertThat(tick(-60, Optional.empty())).isEmpty();
        assertThat(tick(119, Optional.empty())).isEmpty();
        assertThat(tick(120, Optional.empty())).isPresent();
    }

    @Test
    void theLimitIsReadFromTheEnvironment() throws HomeError {
        assertThat(IdleLimit.of(Map.of())).isEqualTo(Duration.ofHours(3));
        assertThat(IdleLimit.of(Map.of("JOBCTL_IDLE", "90s"))).isEqualTo(Duration.ofSeconds(90));
        assertThat(IdleLimit.of(Map.of("JOBCTL_IDLE", "15m"))).isEqualTo(Duration.ofMinutes(15));
        assertThat(IdleLimit.of(Map.of("JOBCTL_IDLE", "off"))).isEqualTo(IdleLimit.NEVER);
        for (String bad : new String[] {"3", "h", "-1s", "0s", "1d", "99999999999999999h", "999999999999h"}) {
            assertThatThrownBy(() -> IdleLimit.of(Map.of("JOBCTL_IDLE", bad)))
                    .as(bad)
                    .isInstanceOf(HomeError.class)
                    .hasMessageContaining("no duration");
        }
    }

    private Optional<Ending> tick(int minutes, Optional<String> busy) {
        return watch.tick(START.plus(Duration.ofMinutes(minutes)), busy);
    }
}
