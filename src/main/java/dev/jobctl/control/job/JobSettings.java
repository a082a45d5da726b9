package dev.jobctl.control.job;

import dev.jobctl.std.Backoff;
import dev.jobctl.std.Check;
import java.time.Duration;

/// The Job controller's constants that a user may change.
///
/// @param podBackoff delay before failed pods are replaced. The Jobs page says ten seconds, doubling, capped at six
///     minutes; the controller's source caps at ten
/// @param maxPodsPerDecision how many pods one decision creates, or deletes for scale-down; the next one goes on
/// @param maxUncounted entries that one decision may add to status.uncountedTerminatedPods and completedIndexes
public record JobSettings(Backoff podBackoff, int maxPodsPerDecision, int maxUncounted) {
    public static final JobSettings DEFAULT =
            new JobSettings(new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(6)), 500, 500);

    public JobSettings {
        Check.that(
                maxPodsPerDecision > 0 && maxUncounted > 0, "pods=%s uncounted=%s", maxPodsPerDecision, maxUncounted);
    }

    /// Whether it is no shorter than the first delay.
    public static boolean takesBackoffCap(Duration cap) {
        return cap.compareTo(DEFAULT.podBackoff.base()) >= 0;
    }

    /// The same with another cap on the pod back-off, which [#takesBackoffCap] must allow.
    public JobSettings withBackoffCap(Duration cap) {
        return new JobSettings(new Backoff(podBackoff.base(), cap), maxPodsPerDecision, maxUncounted);
    }
}
