package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Changes of a Job's status: what a status may say at all, and what it may not take back. Most of it is judged only
/// where what it is about changes: a status that was right once stays acceptable, as completedIndexes that go beyond
/// the completions of a Job that was scaled down.
final class JobStatusValidation {
    private static final String CONDITIONS = "status.conditions";
    private static final String COMPLETION_TIME = "status.completionTime";

    private final JobSpec spec;
    private final JobStatus before;
    private final JobStatus after;
    private final Complaints to;

    private JobStatusValidation(JobSpec spec, JobStatus before, JobStatus after, Complaints to) {
        this.spec = spec;
        this.before = before;
        this.after = after;
        this.to = to;
    }

    /// A status that does not change is not judged.
    static void check(Job old, Job changed, Complaints to) {
        JobStatus before = old.getStatus() == null ? new JobStatus() : old.getStatus();
        JobStatus after = changed.getStatus() == null ? new JobStatus() : changed.getStatus();
        if (Beans.same(before, after)) {
            return;
        }
        JobStatusValidation validation = new JobStatusValidation(changed.getSpec(), before, after, to);
        validation.counters();
        validation.conditions();
        validation.times();
        validation.finished();
        validation.indexes();
        validation.steps();
    }

    private static boolean has(JobStatus status, String type) {
        for (JobCondition condition : list(status.getConditions())) {
            if (type.equals(condition.getType()) && "True".equals(condition.getStatus())) {
                return true;
            }
        }
        return false;
    }

    private boolean has(String type) {
        return has(after, type);
    }

    private void counters() {
        to.nonNegative("status.active", after.getActive());
        to.nonNegative("status.succeeded", after.getSucceeded());
        to.nonNegative("status.failed", after.getFailed());
        to.nonNegative("status.ready", after.getReady());
        to.nonNegative("status.terminating", after.getTerminating());
        @Nullable UncountedTerminatedPods uncounted = after.getUncountedTerminatedPods();
        if (uncounted != null) {
            Set<String> seen = new HashSet<>();
            uids("succeeded", list(uncounted.getSucceeded()), seen);
            uids("failed", list(uncounted.getFailed()), seen);
        }
    }

    private void uids(String field, List<String> uids, Set<String> seen) {
        for (int i = 0; i < uids.size(); i++) {
            String path = "status.uncountedTerminatedPods." + field + "[" + i + "]";
            if (Settled.blank(uids.get(i))) {
                to.invalid(path, "", "must not be empty");
            } else if (!seen.add(uids.get(i))) {
                to.duplicate(path, uids.get(i));
            }
        }
    }

    private void conditions() {
        if (differs("Complete") || differs("Failed")) {
            together("Complete", "Failed");
        }
        if (differs("Complete") || differs("FailureTarget")) {
            together("Complete", "FailureTarget");
        }
        together("SuccessCriteriaMet", "Failed");
        together("SuccessCriteriaMet", "FailureTarget");
        if (has("Complete") && !has("SuccessCriteriaMet")) {
            if (spec.getSuccessPolicy() != null) {
                to.invalidWithoutValue(
                        CONDITIONS,
                        "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
            } else if (differs("Complete") || differs("SuccessCriteriaMet")) {
                to.invalidWithoutValue(
                        CONDITIONS, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
            }
        }
        boolean judged = differs("Failed") || differs("FailureTarget");
        if (judged && has("Failed") && !has("FailureTarget")) {
            to.invalidWithoutValue(
                    CONDITIONS, "cannot set Failed=True condition without the FailureTarget=true condition");
        }
    }

    private boolean differs(String type) {
        return has(before, type) != has(after, type);
    }

    private <T> boolean differs(Function<JobStatus, @Nullable T> field) {
        return !Objects.equals(field.apply(before), field.apply(after));
    }

    private void together(String first, String second) {
        if (has(first) && has(second)) {
            to.invalidWithoutValue(CONDITIONS, "cannot set " + first + "=True and " + second + "=true conditions");
        }
    }

    private void times() {
        @Nullable String completed = after.getCompletionTime();
        boolean moved = differs(JobStatus::getCompletionTime);
        if (moved || differs("Complete")) {
            if (completed != null && !has("Complete")) {
                to.invalidStruct(
                        COMPLETION_TIME,
                        completed,
                        "cannot set completionTime when there is no Complete=True condition");
            }
            if (completed == null && has("Complete")) {
                to.required(COMPLETION_TIME, "completionTime is required for Complete jobs");
            }
        }
        if ((moved || differs(JobStatus::getStartTime)) && completed != null && after.getStartTime() != null) {
            var end = Timestamps.parse(completed);
            var start = Timestamps.parse(after.getStartTime());
            if (end.isPresent() && start.isPresent() && end.get().isBefore(start.get())) {
                to.invalidStruct(COMPLETION_TIME, completed, "completionTime cannot be set before startTime");
            }
        }
        if (before.getCompletionTime() != null && completed != null && moved) {
            to.invalidStruct(COMPLETION_TIME, completed, "completionTime cannot be mutated");
        }
    }

    private void finished() {
        boolean activeDiffers = Settled.orZero(before.getActive()) != Settled.orZero(after.getActive());
        if (finished(after)) {
            boolean fresh = !finished(before);
            int active = Settled.orZero(after.getActive());
            int terminating = Settled.orZero(after.getTerminating());
            if (active > 0 && (fresh || activeDiffers)) {
                to.invalid("status.active", active, "active>0 is invalid for finished job");
            }
            if (terminating > 0 && (fresh || differs(JobStatus::getTerminating))) {
                to.invalid("status.terminating", terminating, "terminating>0 is invalid for finished job");
            }
            boolean neverStarts = Settled.isTrue(spec.getSuspend()) && Objects.equals(spec.getCompletions(), 0);
            if (after.getStartTime() == null && !neverStarts && (fresh || differs(JobStatus::getStartTime))) {
                to.required("status.startTime", "startTime is required for finished job");
            }
            if (fresh || !Beans.same(before.getUncountedTerminatedPods(), after.getUncountedTerminatedPods())) {
                counted();
            }
        }
        boolean judged = activeDiffers || differs(JobStatus::getReady);
        if (judged && after.getReady() != null && after.getReady() > Settled.orZero(after.getActive())) {
            to.invalid("status.ready", after.getReady(), "cannot set more ready pods than active");
        }
    }

    private static boolean finished(JobStatus status) {
        return has(status, "Complete") || has(status, "Failed");
    }

    private void counted() {
        @Nullable UncountedTerminatedPods uncounted = after.getUncountedTerminatedPods();
        if (uncounted != null
                && !(list(uncounted.getSucceeded()).isEmpty()
                        && list(uncounted.getFailed()).isEmpty())) {
            to.invalidStruct(
                    "status.uncountedTerminatedPods",
                    GoText.struct("batch.UncountedTerminatedPods", uncounted),
                    "uncountedTerminatedPods needs to be empty for finished job");
        }
    }

    private void indexes() {
        String completed = Settled.orEmpty(after.getCompletedIndexes());
        @Nullable String failed = after.getFailedIndexes();
        boolean completedDiffers =
                !Settled.orEmpty(before.getCompletedIndexes()).equals(completed);
        boolean failedDiffers = differs(JobStatus::getFailedIndexes);
        if (completedDiffers && !completed.isEmpty() && !JobValidation.indexed(spec)) {
            to.invalid(
                    "status.completedIndexes",
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (failedDiffers && failed != null && spec.getBackoffLimitPerIndex() == null) {
            to.invalid(
                    "status.failedIndexes",
                    failed,
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if (spec.getCompletions() == null || !completedDiffers && !failedDiffers) {
            return;
        }
        @Nullable IndexSet good = parse("completedIndexes", completed, completedDiffers);
        @Nullable IndexSet bad = parse("failedIndexes", Settled.orEmpty(failed), failedDiffers);
        if (good != null && bad != null) {
            good.intersect(bad).stream()
                    .findFirst()
                    .ifPresent(index -> to.invalid(
                            "status.failedIndexes",
                            failed,
                            "failedIndexes and completedIndexes overlap at index: " + index));
        }
    }

    /// Null for what cannot be read.
    private @Nullable IndexSet parse(String field, String text, boolean judged) {
        return switch (IndexSet.parse(text, spec.getCompletions())) {
            case Parsed.Good<IndexSet>(IndexSet set) -> set;
            case Parsed.Bad<IndexSet>(String message) -> {
                if (judged) {
                    to.invalid("status." + field, text, "error parsing " + field + ": " + message);
                }
                yield null;
            }
        };
    }

    /// What was said once may not be taken back.
    private void steps() {
        for (String type : List.of("Failed", "Complete", "FailureTarget")) {
            if (has(before, type) && !has(type)) {
                to.invalidWithoutValue(CONDITIONS, "cannot disable the terminal " + type + "=True condition");
            }
        }
        if (has(before, "SuccessCriteriaMet") && !has("SuccessCriteriaMet")) {
            to.invalidWithoutValue(CONDITIONS, "cannot disable the SuccessCriteriaMet=True condition");
        }
        if (has(before, "Complete") && !has(before, "SuccessCriteriaMet") && has("SuccessCriteriaMet")) {
            to.invalidWithoutValue(
                    CONDITIONS, "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
        }
        if (Settled.orZero(after.getFailed()) < Settled.orZero(before.getFailed())) {
            to.invalid("status.failed", Settled.orZero(after.getFailed()), "cannot decrease the failed counter");
        }
        boolean resizable = JobValidation.indexed(spec) && Objects.equals(spec.getCompletions(), spec.getParallelism());
        if (!resizable && Settled.orZero(after.getSucceeded()) < Settled.orZero(before.getSucceeded())) {
            to.invalid(
                    "status.succeeded", Settled.orZero(after.getSucceeded()), "cannot decrease the succeeded counter");
        }
        boolean moved = before.getStartTime() != null && !before.getStartTime().equals(after.getStartTime());
        if (moved && !Settled.isTrue(spec.getSuspend()) && !has(before, "Suspended")) {
            to.required("status.startTime", "startTime cannot be removed for unsuspended job");
        }
    }
}
