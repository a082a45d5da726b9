package dev.jobctl.node.simulated;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run of a container does, all luck drawn.
public sealed interface Act {
    /// It starts and ends.
    ///
    /// @param startsAfter until it starts: an image that is pulled, a volume that is mounted
    /// @param runs from its start to its own end, null: until it is told to end
    /// @param stopsAfter from SIGTERM to its end with code 143, null: it ignores SIGTERM and waits for SIGKILL
    /// @param lines what it logs when it starts
    /// @param number which run of its container this is, see [Behaviour#again]
    record Run(
            int number,
            Duration startsAfter,
            @Nullable Duration runs,
            Result result,
            @Nullable Duration stopsAfter,
            List<String> lines)
            implements Act {
        public Run {
            lines = List.copyOf(lines);
        }
    }

    /// It cannot start yet, as with an image that cannot be pulled; tried again with back-off.
    record Delayed(String reason, String message) implements Act {}

    /// It can never start: exit code 128 at once.
    record Broken(String reason, String message) implements Act {}

    /// It neither starts nor fails to, until the pod is deleted.
    record Stuck() implements Act {}

    /// How a run ends by itself.
    record Result(int exitCode, boolean outOfMemory, String message) {
        public static final Result WELL = new Result(0, false, "");

        public static Result code(int exitCode) {
            return new Result(exitCode, false, "");
        }

        public static Result oom() {
            return new Result(137, true, "");
        }
    }

    /// Runs so long and ends so, obeying SIGTERM at once.
    static Act ends(Duration runs, int exitCode) {
        return new Run(1, Duration.ZERO, runs, Result.code(exitCode), Duration.ZERO, List.of());
    }

    /// Runs until it is told to end.
    static Act forever() {
        return new Run(1, Duration.ZERO, null, Result.WELL, Duration.ZERO, List.of());
    }
}
