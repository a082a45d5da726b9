package dev.jobctl.control.cronjob;

import dev.jobctl.control.Change;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.CronJobStatusView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the CronJob controller wants done, in this order and in one round.
///
/// @param deletions of Jobs
/// @param status the new status, null when it stays
/// @param memory the new memory, null when it stays
/// @param create the Job to start now, null for none
/// @param wakeAt when to ask again although nothing changed: the next run; null for never
public record CronDecision(
        List<Change.Delete> deletions,
        @Nullable CronJobStatusView status,
        @Nullable CronMemory memory,
        @Nullable NewJob create,
        List<EventDraft> events,
        @Nullable Instant wakeAt) {
    public CronDecision {
        deletions = List.copyOf(deletions);
        events = List.copyOf(events);
    }

    /// A Job from the CronJob's template, owned by it. Whoever creates it records `SuccessfulCreate` or `FailedCreate`
    /// on
    /// the CronJob and, in the same transaction, lists the Job in status.active and sets status.lastScheduleTime. A Job
    /// of that name that the CronJob controls already is listed instead.
    ///
    /// @param annotation of batch.kubernetes.io/cronjob-scheduled-timestamp
    public record NewJob(String name, Instant scheduled, String annotation) {}

    /// Whether carrying it out would do nothing.
    public boolean isQuiet() {
        return deletions.isEmpty() && status == null && memory == null && create == null && events.isEmpty();
    }
}
