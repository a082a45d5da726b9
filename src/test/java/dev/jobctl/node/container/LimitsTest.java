package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class LimitsTest {
    private static String table(String processes, String files) {
        return """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             %1$s                 %1$s                 processes
            Max open files            1024                 %2$s                 files
            """.formatted(processes, files);
    }

    @Test
    void lowLimitsArePassedOn() {
        assertThat(Limits.parse(table("4096", "20000"), 32_768)).isEqualTo(Map.of("nofile", 20_000L, "nproc", 4_096L));
    }

    @Test
    void noMoreProcessesThanTheKernelCounts() {
        assertThat(Limits.parse(table("96365", "1048576"), 32_768)).isEqualTo(Map.of("nproc", 32_768L));
    }

    @Test
    void whereEverythingIsAllowedTheEngineDecides() {
        assertThat(Limits.parse(table("unlimited", "1048576"), 32_768)).isEmpty();
    }

    /// It was the first digit of it.
    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelsOwnLimitIsReadWhole() {
        assertThat(Limits.ofThisProgram().values())
                .allSatisfy(limit -> assertThat(limit).isGreaterThan(100));
    }
}
