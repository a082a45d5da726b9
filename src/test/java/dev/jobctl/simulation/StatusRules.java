package dev.jobctl.simulation;

import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What each single version of a Job's status may say, given the version before.
final class StatusRules {
    private static final List<String> FINAL = List.of("Complete", "Failed", "SuccessCriteriaMet", "FailureTarget");

    private StatusRules() {}

    /// @param since the earliest instant at which `now` may have been written
    static void check(Job before, Job now, Instant since, Instant clock) {
        JobStatus old = before.getStatus();
        JobStatus fresh = now.getStatus();
        Violation.unless(!JobFacts.finished(before), "finished stays finished", "status %s became %s", old, fresh);
        List<FieldError> complaints = Validation.status(Kinds.JOB, before, now);
        Violation.unless(complaints.isEmpty(), "the API accepts each status", "%s: %s", complaints, fresh);
        for (String type : FINAL) {
            @Nullable JobCondition was = JobFacts.condition(old, type);
            @Nullable JobCondition is = JobFacts.condition(fresh, type);
            Violation.unless(
                    was == null || was.equals(is), "terminal conditions never change", "%s became %s", was, is);
        }
        never(now, "Complete", "Failed");
        never(now, "SuccessCriteriaMet", "FailureTarget");
        announced(before, now, "SuccessCriteriaMet", "Complete");
        announced(before, now, "FailureTarget", "Failed");
        if (!JobFacts.has(before, "SuccessCriteriaMet")) {
            enough(now);
        }
        times(before, now, since, clock);
    }

    /// Announced with the last completion, not before. Only pods that it did not create can make them more than were
    /// asked for, and of an Indexed Job not even these.
    private static void enough(Job now) {
        JobStatus status = now.getStatus();
        @Nullable JobCondition met = JobFacts.condition(status, "SuccessCriteriaMet");
        if (met == null || !"CompletionsReached".equals(met.getReason())) {
            return;
        }
        @Nullable Integer completions = now.getSpec().getCompletions();
        int succeeded = JobFacts.orZero(status.getSucceeded());
        int coming = status.getUncountedTerminatedPods() == null
                ? 0
                : status.getUncountedTerminatedPods().getSucceeded().size();
        boolean exact = completions == null
                ? succeeded + coming > 0
                : JobFacts.indexed(now) ? succeeded == completions : succeeded + coming >= completions;
        Violation.unless(exact, "completions are exact", "%s and %s of %s", succeeded, coming, completions);
    }

    private static void never(Job job, String one, String other) {
        Violation.unless(!(JobFacts.has(job, one) && JobFacts.has(job, other)), "never both", "%s and %s", one, other);
    }

    private static void announced(Job before, Job now, String interim, String last) {
        if (!JobFacts.has(now, last)) {
            return;
        }
        Violation.unless(
                JobFacts.has(before, interim), "announced before it is final", "%s without %s before", last, interim);
        @Nullable JobCondition announced = JobFacts.condition(now.getStatus(), interim);
        @Nullable JobCondition done = JobFacts.condition(now.getStatus(), last);
        boolean same = announced != null
                && done != null
                && Objects.equals(announced.getReason(), done.getReason())
                && Objects.equals(announced.getMessage(), done.getMessage());
        Violation.unless(same, "announced before it is final", "%s says otherwise than %s", done, announced);
    }

    private static void times(Job before, Job now, Instant since, Instant clock) {
        @Nullable String start = now.getStatus().getStartTime();
        @Nullable
        String oldStart = before.getStatus() == null ? null : before.getStatus().getStartTime();
        boolean resumed = JobFacts.has(before, "Suspended") && !JobFacts.has(now, "Suspended");
        if (!Objects.equals(start, oldStart) || resumed) {
            Violation.unless(
                    oldStart == null || resumed, "startTime moves on resume only", "from %s to %s", oldStart, start);
            Violation.unless(
                    start != null && within(start, since, clock), "startTime is now", "%s at %s", start, clock);
        }
        boolean neverStarts =
                JobFacts.suspended(now) && Objects.equals(now.getSpec().getCompletions(), 0);
        if (JobFacts.finished(now)) {
            Violation.unless(start != null || neverStarts, "finished has startTime", "%s", now.getStatus());
        }
        @Nullable String end = now.getStatus().getCompletionTime();
        Violation.unless(
                (end != null) == JobFacts.has(now, "Complete"), "completionTime with Complete", "%s", now.getStatus());
        if (end != null) {
            @Nullable JobCondition complete = JobFacts.condition(now.getStatus(), "Complete");
            Violation.unless(
                    complete != null
                            && end.equals(complete.getLastTransitionTime())
                            && (within(end, since, clock) || (end.equals(start) && clock.isBefore(PodFacts.time(end)))),
                    "completionTime with Complete",
                    "%s at %s, %s",
                    end,
                    clock,
                    complete);
        }
    }

    private static boolean within(String time, Instant since, Instant clock) {
        Instant at = PodFacts.time(time);
        Instant first = since.isBefore(clock) ? since : clock;
        Instant last = since.isBefore(clock) ? clock : since;
        return !at.isBefore(first.truncatedTo(ChronoUnit.SECONDS)) && !at.isAfter(last);
    }
}
