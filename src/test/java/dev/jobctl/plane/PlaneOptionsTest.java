package dev.jobctl.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneOptionsTest {
    private static Duration cap(Map<String, String> environment) {
        return PlaneOptions.of(Path.of("/home"), environment, "test")
                .jobs()
                .podBackoff()
                .cap();
    }

    @Test
    void failedPodsWaitSixMinutesAtMostOrAsLongAsIsSaid() {
        assertThat(cap(Map.of())).isEqualTo(Duration.ofMinutes(6));
        assertThat(cap(Map.of("JOBCTL_BACKOFF_CAP", ""))).isEqualTo(Duration.ofMinutes(6));
        assertThat(cap(Map.of("JOBCTL_BACKOFF_CAP", "10m"))).isEqualTo(Duration.ofMinutes(10));
        assertThat(cap(Map.of("JOBCTL_BACKOFF_CAP", "10s"))).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "9s", "-10m"})
    void aCapThatIsNoneIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> cap(Map.of("JOBCTL_BACKOFF_CAP", text)))
                .isInstanceOf(PlaneError.class)
                .hasMessage(
                        "JOBCTL_BACKOFF_CAP=" + text + " is no duration of at least 10s; write for example 6m or 10m");
    }
}
