package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What a Job's fields mean, read anew: nothing here is shared with the controllers.
final class JobFacts {
    private JobFacts() {}

    static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    static boolean indexed(Job job) {
        return "Indexed".equals(job.getSpec().getCompletionMode());
    }

    static boolean suspended(Job job) {
        return Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    static boolean deleting(Job job) {
        return job.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean managedElsewhere(Job job) {
        return job.getSpec().getManagedBy() != null;
    }

    /// A pod that is being deleted is judged, and replaced, only when it has ended.
    static boolean waitsForEnd(JobSpec spec) {
        return "Failed".equals(spec.getPodReplacementPolicy());
    }

    static boolean perIndex(Job job) {
        return job.getSpec().getBackoffLimitPerIndex() != null;
    }

    static boolean has(Job job, String type) {
        @Nullable JobCondition found = condition(job.getStatus(), type);
        return found != null && found.getStatus().equals("True");
    }

    static @Nullable JobCondition condition(@Nullable JobStatus status, String type) {
        if (status == null) {
            return null;
        }
        for (JobCondition condition : status.getConditions()) {
            if (condition.getType().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    static boolean finished(Job job) {
        return has(job, "Complete") || has(job, "Failed");
    }

    /// Announced or done.
    static boolean ends(Job job) {
        return has(job, "SuccessCriteriaMet") || has(job, "FailureTarget");
    }

    /// By labels; the selectors of schedules have nothing else.
    static boolean selects(Job job, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null
                && labels.entrySet()
                        .containsAll(
                                job.getSpec().getSelector().getMatchLabels().entrySet());
    }

    static boolean validIndex(Job job, Pod pod) {
        int index = PodFacts.index(pod);
        return !indexed(job) || (index >= 0 && index < orZero(job.getSpec().getCompletions()));
    }

    /// What podFailurePolicy makes of the pod: the action of the first rule that matches, else `Count`.
    static String verdict(Job job, Pod pod) {
        if (job.getSpec().getPodFailurePolicy() == null) {
            return "Count";
        }
        for (PodFailurePolicyRule rule : job.getSpec().getPodFailurePolicy().getRules()) {
            boolean matches = rule.getOnExitCodes() == null
                    ? PodFacts.disrupted(pod)
                    : PodFacts.badCodes(pod)
                            .anyMatch(code -> rule.getOnExitCodes().getValues().contains(code));
            if (matches) {
                return rule.getAction();
            }
        }
        return "Count";
    }

    /// `0-2,4,5`: three or more in a row as an interval.
    static String intervals(SortedSet<Integer> indexes) {
        List<String> parts = new ArrayList<>();
        List<Integer> all = List.copyOf(indexes);
        int from = 0;
        for (int i = 1; i <= all.size(); i++) {
            if (i < all.size() && all.get(i) == all.get(i - 1) + 1) {
                continue;
            }
            int length = i - from;
            if (length >= 3) {
                parts.add(all.get(from) + "-" + all.get(i - 1));
            } else {
                all.subList(from, i).forEach(index -> parts.add(index.toString()));
            }
            from = i;
        }
        return String.join(",", parts);
    }
}
