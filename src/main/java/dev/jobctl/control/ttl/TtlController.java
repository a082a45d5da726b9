package dev.jobctl.control.ttl;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes finished Jobs whose time to live is over.
public final class TtlController {
    private TtlController() {}

    /// Rule TTL-001, TTL after finished, "expiry": ttlSecondsAfterFinished after the terminal condition became True,
    /// deleted in the foreground and only if it is still the same Job.
    public static Decision decide(JobView job, Instant now) {
        @Nullable Integer ttl = job.spec().ttlSecondsAfterFinished();
        @Nullable Instant finished = finishTime(job);
        if (ttl == null || finished == null || job.meta().deleting()) {
            return Decision.quiet();
        }
        Instant due = finished.plusSeconds(ttl);
        if (now.isBefore(due)) {
            return new Decision(List.of(), List.of(), due);
        }
        Deletion options = new Deletion(null, Propagation.Foreground, job.meta().uid(), null);
        return new Decision(List.of(new Change.Delete(job.ref(), options)), List.of(), null);
    }

    private static @Nullable Instant finishTime(JobView job) {
        for (String type : List.of("Complete", "Failed")) {
            @Nullable ConditionView condition = job.status().condition(type);
            if (condition != null && condition.isTrue()) {
                return condition.lastTransition();
            }
        }
        return null;
    }
}
