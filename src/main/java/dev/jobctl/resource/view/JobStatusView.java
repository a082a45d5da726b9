package dev.jobctl.resource.view;

import dev.jobctl.resource.value.IndexSet;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Job's status without the API's holes: counters are 0 when absent. Times are whole seconds, as they are stored, so
/// that a status and what becomes of it in the store are equal.
///
/// @param ready null: never written yet
/// @param terminating null: never written yet
/// @param completedIndexes empty for NonIndexed Jobs
/// @param failedIndexes null without backoffLimitPerIndex
/// @param uncounted null: never written yet
public record JobStatusView(
        List<ConditionView> conditions,
        @Nullable Instant startTime,
        @Nullable Instant completionTime,
        int active,
        @Nullable Integer ready,
        @Nullable Integer terminating,
        int succeeded,
        int failed,
        IndexSet completedIndexes,
        @Nullable IndexSet failedIndexes,
        @Nullable Uncounted uncounted) {
    /// The status of a Job that no controller has seen: `{}`.
    public static final JobStatusView UNTOUCHED =
            new JobStatusView(List.of(), null, null, 0, null, null, 0, 0, IndexSet.EMPTY, null, null);

    public JobStatusView {
        conditions = List.copyOf(conditions);
        startTime = Times.stored(startTime);
        completionTime = Times.stored(completionTime);
    }

    /// UIDs of terminated pods seen but not yet in the counters.
    public record Uncounted(List<String> succeeded, List<String> failed) {
        public static final Uncounted NONE = new Uncounted(List.of(), List.of());

        public Uncounted {
            succeeded = List.copyOf(succeeded);
            failed = List.copyOf(failed);
        }

        public boolean isEmpty() {
            return succeeded.isEmpty() && failed.isEmpty();
        }
    }

    /// Whether a condition of that type is True.
    public boolean has(String type) {
        @Nullable ConditionView condition = condition(type);
        return condition != null && condition.isTrue();
    }

    /// The condition of that type, null for none.
    public @Nullable ConditionView condition(String type) {
        for (int i = 0; i < conditions.size(); i++) { // asked at every change of a pod: no iterator
            if (conditions.get(i).type().equals(type)) {
                return conditions.get(i);
            }
        }
        return null;
    }

    /// Complete or Failed: nothing will ever be decided again.
    public boolean finished() {
        return has("Complete") || has("Failed");
    }

    static JobStatusView of(@Nullable JobStatus status) {
        if (status == null) {
            return UNTOUCHED;
        }
        return new JobStatusView(
                Holes.views(status.getConditions(), ConditionView::of),
                Times.read(status.getStartTime()),
                Times.read(status.getCompletionTime()),
                Holes.number(status.getActive(), 0),
                status.getReady(),
                status.getTerminating(),
                Holes.number(status.getSucceeded(), 0),
                Holes.number(status.getFailed(), 0),
                IndexSet.lenient(Holes.text(status.getCompletedIndexes())),
                status.getFailedIndexes() == null ? null : IndexSet.lenient(status.getFailedIndexes()),
                uncounted(status.getUncountedTerminatedPods()));
    }

    private static @Nullable Uncounted uncounted(@Nullable UncountedTerminatedPods pods) {
        return pods == null ? null : new Uncounted(Holes.list(pods.getSucceeded()), Holes.list(pods.getFailed()));
    }

    /// Exactly as the API shows it: zero counters and empty index text are left out, but `ready`, `terminating` and
    /// `uncountedTerminatedPods` show their zeros.
    public JobStatus toStatus() {
        JobStatus status = new JobStatus();
        status.setConditions(
                conditions.stream().map(ConditionView::toJobCondition).toList());
        status.setStartTime(Times.write(startTime));
        status.setCompletionTime(Times.write(completionTime));
        status.setActive(unlessZero(active));
        status.setReady(ready);
        status.setTerminating(terminating);
        status.setSucceeded(unlessZero(succeeded));
        status.setFailed(unlessZero(failed));
        status.setCompletedIndexes(completedIndexes.isEmpty() ? null : completedIndexes.toString());
        status.setFailedIndexes(failedIndexes == null ? null : failedIndexes.toString());
        if (uncounted != null) {
            UncountedTerminatedPods pods = new UncountedTerminatedPods();
            pods.setSucceeded(uncounted.succeeded());
            pods.setFailed(uncounted.failed());
            status.setUncountedTerminatedPods(pods);
        }
        return status;
    }

    private static @Nullable Integer unlessZero(int count) {
        return count == 0 ? null : count;
    }
}
