package dev.jobctl.node.logs;

import dev.jobctl.resource.value.Quantities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of logs is kept, and how long.
///
/// @param kept how long logs outlive their pods' objects, zero for not at all
/// @param sizeMax of one container attempt; of a log that grows past it, by a quarter at most, the oldest lines go
public record LogSettings(Duration kept, long sizeMax) {
    /// A week, and what a kubelet keeps of a container: 5 files of 10 MiB.
    public static final LogSettings USUAL = new LogSettings(Duration.ofDays(7), 50L << 20);

    private static final String KEPT = "JOBCTL_LOGS_KEPT";
    private static final String SIZE = "JOBCTL_LOG_SIZE";

    /// Below this, looking after a log would cost more than it saves.
    private static final long SIZE_MIN = 64 << 10;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})([dhm])");

    /// As the environment wants it. Throws [IllegalArgumentException] that says what to write.
    public static LogSettings of(Map<String, String> environment) {
        return new LogSettings(kept(environment.getOrDefault(KEPT, "")), sizeMax(environment.getOrDefault(SIZE, "")));
    }

    private static Duration kept(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty()) {
            return USUAL.kept();
        }
        if (text.equals("off")) {
            return Duration.ZERO;
        }
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    KEPT + "=" + text + " is no duration; write for example 7d, 12h, 30m or off");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static long sizeMax(String text) {
        if (text.isEmpty()) {
            return USUAL.sizeMax();
        }
        if (text.equals("off")) {
            return Long.MAX_VALUE / 2;
        }
        Optional<BigDecimal> size = Quantities.parse(text);
        if (size.isEmpty()
                || size.get().compareTo(BigDecimal.valueOf(SIZE_MIN)) < 0
                || size.get().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0) {
            throw new IllegalArgumentException(
                    SIZE + "=" + text + " is no size of 64Ki or more; write for example 10Mi, 1Gi or off");
        }
        return size.get().longValue();
    }
}
