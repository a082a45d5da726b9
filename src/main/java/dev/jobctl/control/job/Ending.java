package dev.jobctl.control.job;

import dev.jobctl.control.job.PodFailures.Verdict;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.PodFailurePolicyView.Action;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import dev.jobctl.resource.view.SuccessPolicyView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and why a Job ends before all its completions are there. The answer is an interim condition: FailureTarget
/// or SuccessCriteriaMet.
final class Ending {
    static final String FAILURE_TARGET = "FailureTarget";
    static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";

    private Ending() {}

    /// Rule JOB-120, "Decide an outcome, first match wins"; null: it goes on.
    ///
    /// @param started start of the time that activeDeadlineSeconds limits, null while it does not run
    static @Nullable ConditionView of(Scene scene, @Nullable Instant started, Instant now) {
        @Nullable ConditionView success = scene.status().condition(SUCCESS_CRITERIA_MET);
        if (success != null && success.isTrue()) {
            return success;
        }
        @Nullable ConditionView failure = scene.status().condition(FAILURE_TARGET);
        if (failure != null && failure.isTrue()) {
            return failure;
        }
        @Nullable ConditionView found = failed(scene, started, now);
        if (found == null) {
            found = failedIndexes(scene, now);
        }
        return found != null ? found : succeeded(scene, now);
    }

    /// Rule JOB-130, backoffLimit: more counted failures than the limit, so a limit of 0 bears none.
    private static @Nullable ConditionView failed(Scene scene, @Nullable Instant started, Instant now) {
        @Nullable String why = failJob(scene);
        if (why != null) {
            return failure("PodFailurePolicy", why, now);
        }
        if (scene.failed() > scene.spec().backoffLimit() || restartedTooOften(scene)) {
            return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit", now);
        }
        @Nullable Instant deadline = deadline(scene.spec(), started);
        if (deadline != null && !now.isBefore(deadline)) {
            return failure("DeadlineExceeded", "Job was active longer than specified deadline", now);
        }
        return null;
    }

    /// Rule JOB-140: activeDeadlineSeconds after the start; null for none. Suspension stops it, resuming starts it
    /// afresh.
    static @Nullable Instant deadline(JobSpecView spec, @Nullable Instant started) {
        @Nullable Long seconds = spec.activeDeadlineSeconds();
        if (seconds == null || started == null || spec.suspended()) {
            return null;
        }
        long bounded = Math.min(seconds, Duration.ofDays(36_500).toSeconds());
        return started.plusSeconds(bounded);
    }

    private static @Nullable String failJob(Scene scene) {
        if (scene.spec().podFailurePolicy() == null) {
            return null;
        }
        for (PodView pod : scene.pods()) {
            if (PodFailures.failed(pod, scene.spec())) {
                @Nullable Verdict verdict = PodFailures.judge(pod, scene.spec());
                if (verdict != null && verdict.action() == Action.FailJob) {
                    return verdict.why();
                }
            }
        }
        return null;
    }

    /// Rule JOB-131, "OnFailure (extra)": restarts in place of pods that still live, against backoffLimit; a limit of
    /// 0 bears none.
    private static boolean restartedTooOften(Scene scene) {
        if (!scene.spec().restartOnFailure()) {
            return false;
        }
        int restarts = 0;
        for (PodView pod : scene.pods()) {
            restarts += pod.phase() == Phase.Running || pod.phase() == Phase.Pending ? pod.restarts() : 0;
        }
        int limit = scene.spec().backoffLimit();
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    /// Rule JOB-424: more failed indexes than maxFailedIndexes; or all indexes settled, one at least failed.
    private static @Nullable ConditionView failedIndexes(Scene scene, Instant now) {
        @Nullable IndexSet failed = scene.indexes().failed();
        if (failed == null) {
            return null;
        }
        @Nullable Integer max = scene.spec().maxFailedIndexes();
        if (max != null && failed.size() > max) {
            return failure(
                    "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes", now);
        }
        int settled = failed.size() + scene.indexes().succeeded().size();
        if (!failed.isEmpty() && settled >= Indexes.completions(scene.spec())) {
            return failure("FailedIndexes", "Job has failed indexes", now);
        }
        return null;
    }

    /// Rule JOB-440, successPolicy: after the failure rules, once an index has succeeded; first match wins.
    private static @Nullable ConditionView succeeded(Scene scene, Instant now) {
        @Nullable SuccessPolicyView policy = scene.spec().successPolicy();
        IndexSet done = scene.indexes().succeeded();
        if (policy == null || done.isEmpty()) {
            return null;
        }
        List<SuccessPolicyView.Rule> rules = policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (met(rules.get(i), done, Indexes.completions(scene.spec()))) {
                return new ConditionView(
                        SUCCESS_CRITERIA_MET, "True", "SuccessPolicy", "Matched rules at index " + i, now);
            }
        }
        return null;
    }

    /// Rule JOB-441: all listed; or so many in all; or so many of the listed. Where all listed lie beyond completions,
    /// the rule never matches.
    private static boolean met(SuccessPolicyView.Rule rule, IndexSet done, int completions) {
        @Nullable IndexSet listed = rule.indexes();
        @Nullable Integer count = rule.count();
        if (listed == null) {
            return count != null && done.size() >= count;
        }
        IndexSet wanted = listed.below(completions);
        int matched = wanted.intersect(done).size();
        return !wanted.isEmpty() && (matched == wanted.size() || (count != null && matched >= count));
    }

    private static ConditionView failure(String reason, String message, Instant now) {
        return new ConditionView(FAILURE_TARGET, "True", reason, message, now);
    }
}
