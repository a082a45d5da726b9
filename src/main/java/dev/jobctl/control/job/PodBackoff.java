package dev.jobctl.control.job;

import dev.jobctl.resource.view.PodView;
import dev.jobctl.std.Backoff;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wait before failed pods are replaced.
final class PodBackoff {
    private PodBackoff() {}

    /// Rule JOB-500, "Backoff between replacements": failures since the last success add up; a success starts the
    /// count afresh, with only the failures that ended after it. Ignored failures count here too.
    static JobMemory after(JobMemory memory, List<PodView> newlySucceeded, List<PodView> newlyFailed) {
        if (newlySucceeded.isEmpty()) {
            @Nullable Instant last = latest(newlyFailed);
            return last == null ? memory : new JobMemory(memory.failures() + newlyFailed.size(), last);
        }
        @Nullable Instant success = latest(newlySucceeded);
        List<PodView> since = newlyFailed.stream()
                .filter(pod -> success == null || pod.finishTime().isAfter(success))
                .toList();
        return new JobMemory(since.size(), latest(since));
    }

    /// Rule JOB-501: 10 s after one failure, doubling up to the cap, from the last failure's finish time. The wait is
    /// the Job's, not the pod's: when it is over, all missing pods are created at once.
    static Instant creationAllowedAt(JobMemory memory, Backoff backoff) {
        return memory.lastFailure() == null ? Instant.MIN : memory.lastFailure().plus(backoff.after(memory.failures()));
    }

    /// Rule JOB-502, per index: the failures of this index alone, the one at hand included.
    static Instant creationAllowedAt(PodView lastFailed, Backoff backoff) {
        return lastFailed.finishTime().plus(backoff.after(Indexes.failures(lastFailed) + 1));
    }

    private static @Nullable Instant latest(List<PodView> pods) {
        @Nullable Instant latest = null;
        for (PodView pod : pods) {
            latest = latest == null || pod.finishTime().isAfter(latest) ? pod.finishTime() : latest;
        }
        return latest;
    }
}
