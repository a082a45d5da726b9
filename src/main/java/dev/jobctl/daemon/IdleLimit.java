package dev.jobctl.daemon;

import dev.jobctl.launch.wire.HomeError;
import java.time.Duration;
import java.util.Map;

/// How long a daemon without work stays: `JOBCTL_IDLE`, such as `90s`, `15m` or `3h`; `off` for ever.
final class IdleLimit {
    static final Duration DEFAULT = Duration.ofHours(3);

    /// Longer than any machine runs, and still safe to add to an instant.
    static final Duration NEVER = Duration.ofDays(36_500);

    private IdleLimit() {}

    static Duration of(Map<String, String> environment) throws HomeError {
        String text = environment.getOrDefault("JOBCTL_IDLE", "");
        if (text.isEmpty()) {
            return DEFAULT;
        }
        if (text.equals("off")) {
            return NEVER;
        }
        try {
            long number = Long.parseLong(text.substring(0, text.length() - 1));
            Duration unit = switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(1);
                case 'm' -> Duration.ofMinutes(1);
                case 'h' -> Duration.ofHours(1);
                default -> Duration.ZERO;
            };
            Duration limit = unit.multipliedBy(number);
            if (limit.isPositive() && limit.compareTo(NEVER) <= 0) {
                return limit;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Told below, with everything else that is no duration.
        }
        throw new HomeError("JOBCTL_IDLE=" + text + " is no duration; write for example 90s, 15m, 3h or off");
    }
}
