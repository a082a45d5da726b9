package dev.jobctl.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogSettingsTest {
    @Test
    void aWeekAndFiftyMebibytesAreUsual() {
        assertThat(LogSettings.of(Map.of())).isEqualTo(new LogSettings(Duration.ofDays(7), 50L * 1024 * 1024));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2d  | PT48H | 64Ki | 65536
        12h | PT12H | 1M   | 1000000
        30m | PT30M | 1Gi  | 1073741824
        off | PT0S  | off  | 4611686018427387903
        """)
    void theEnvironmentSaysOtherwise(String kept, Duration duration, String size, long bytes) {
        Map<String, String> environment = Map.of("JOBCTL_LOGS_KEPT", kept, "JOBCTL_LOG_SIZE", size);
        assertThat(LogSettings.of(environment)).isEqualTo(new LogSettings(duration, bytes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        JOBCTL_LOGS_KEPT | 7 days  | JOBCTL_LOGS_KEPT=7 days is no duration; write for example 7d, 12h, 30m or off
        JOBCTL_LOGS_KEPT | -1d     | JOBCTL_LOGS_KEPT=-1d is no duration; write for example 7d, 12h, 30m or off
        JOBCTL_LOG_SIZE  | 10      | JOBCTL_LOG_SIZE=10 is no size of 64Ki or more; write for example 10Mi, 1Gi or off
        JOBCTL_LOG_SIZE  | ten     | JOBCTL_LOG_SIZE=ten is no size of 64Ki or more; write for example 10Mi, 1Gi or off
        """)
    void whatIsNoneIsSaid(String name, String value, String message) {
        assertThatThrownBy(() -> LogSettings.of(Map.of(name, value))).hasMessage(message);
    }
}
