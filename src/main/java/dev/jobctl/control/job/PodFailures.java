package dev.jobctl.control.job;

import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.ContainerView;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.PodFailurePolicyView;
import dev.jobctl.resource.view.PodFailurePolicyView.Action;
import dev.jobctl.resource.view.PodFailurePolicyView.Conditions;
import dev.jobctl.resource.view.PodFailurePolicyView.ExitCodes;
import dev.jobctl.resource.view.PodFailurePolicyView.Rule;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod's end means: whether it counts as failed at all, and what the pod failure policy makes of it.
final class PodFailures {
    private PodFailures() {}

    /// Rule JOB-400, "pod counts as failed": phase Failed; or being deleted without having succeeded, unless
    /// podReplacementPolicy is Failed, under which a deleted pod is judged only once it has ended.
    static boolean failed(PodView pod, JobSpecView spec) {
        if (pod.phase() == Phase.Failed) {
            return true;
        }
        return !spec.replaceOnlyFailed() && pod.deleting() && pod.phase() != Phase.Succeeded;
    }

    /// What the first matching rule says.
    ///
    /// @param why what matched, as the message of condition FailureTarget says it
    record Verdict(Action action, String why) {}

    /// Rule JOB-410, podFailurePolicy: rules in order, first match decides; null without a policy or a match.
    static @Nullable Verdict judge(PodView pod, JobSpecView spec) {
        @Nullable PodFailurePolicyView policy = spec.podFailurePolicy();
        if (policy == null) {
            return null;
        }
        for (int i = 0; i < policy.rules().size(); i++) {
            Rule rule = policy.rules().get(i);
            @Nullable
            String match = switch (rule.matcher()) {
                case ExitCodes codes -> matchExitCodes(pod, codes);
                case Conditions conditions -> matchConditions(pod, conditions);
            };
            if (match != null) {
                return new Verdict(rule.action(), match + " matching " + rule.action() + " rule at index " + i);
            }
        }
        return null;
    }

    /// Rule JOB-413, action Ignore: the failure counts toward no limit and not in status.failed.
    static boolean ignored(PodView pod, JobSpecView spec) {
        @Nullable Verdict verdict = judge(pod, spec);
        return verdict != null && verdict.action() == Action.Ignore;
    }

    /// Rule JOB-411: app containers first, then init containers; only those that terminated, with another code than 0.
    private static @Nullable String matchExitCodes(PodView pod, ExitCodes codes) {
        @Nullable String match = matchExitCodes(pod, pod.containers(), codes);
        return match != null ? match : matchExitCodes(pod, pod.initContainers(), codes);
    }

    private static @Nullable String matchExitCodes(PodView pod, List<ContainerView> containers, ExitCodes codes) {
        for (ContainerView container : containers) {
            @Nullable Integer code = container.exitCode();
            boolean named = codes.container() == null || codes.container().equals(container.name());
            if (named && code != null && code != 0 && codes.values().contains(code) == codes.in()) {
                return "Container " + container.name() + " for pod " + place(pod) + " failed with exit code " + code;
            }
        }
        return null;
    }

    /// Rule JOB-412: type and status are both equal. Of several the first in the pod's order is named.
    private static @Nullable String matchConditions(PodView pod, Conditions conditions) {
        for (ConditionView condition : pod.conditions()) {
            for (PodFailurePolicyView.Pattern pattern : conditions.patterns()) {
                if (condition.type().equals(pattern.type())
                        && condition.status().equals(pattern.status())) {
                    return "Pod " + place(pod) + " has condition " + pattern.type();
                }
            }
        }
        return null;
    }

    private static String place(PodView pod) {
        return pod.meta().namespace() + "/" + pod.meta().name();
    }
}
