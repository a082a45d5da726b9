package dev.jobctl.simulate;

import dev.jobctl.control.Change;
import dev.jobctl.resource.view.ConditionView;
import java.util.Map;

/// Which rule of the conformance tables stands behind what the Job controller does, in words.
final class RuleNames {
    static final String ADOPTS = "JOB-111: adopts a pod that matches its selector";
    static final String RELEASES = "JOB-112: lets go of a pod that no longer matches its selector";

    /// By the reason of a condition.
    private static final Map<String, String> BY_REASON = Map.of(
            "BackoffLimitExceeded", "JOB-130: more failures than backoffLimit",
            "DeadlineExceeded", "JOB-140: activeDeadlineSeconds have passed since the start",
            "PodFailurePolicy", "JOB-410: a rule of podFailurePolicy matched, action FailJob",
            "MaxFailedIndexesExceeded", "JOB-424: more failed indexes than maxFailedIndexes",
            "FailedIndexes", "JOB-424: all indexes are settled, and some failed",
            "SuccessPolicy", "JOB-440: a rule of successPolicy is met",
            "CompletionsReached", "JOB-121: all completions are there and nothing runs",
            "JobSuspended", "JOB-180: suspended",
            "JobResumed", "JOB-180: resumed, the clock starts afresh");

    private RuleNames() {}

    static String creates(Change.CreatePod create, int count) {
        String pods = count == 1 ? "creates a pod" : "creates " + count + " pods";
        if (create.failureCount() != null && create.failureCount() > 0) {
            return "JOB-421: " + pods + " for an index that failed " + create.failureCount() + " times";
        }
        return create.index() == null
                ? "JOB-210: " + pods + ", as many as parallelism and what remains allow"
                : "JOB-302: " + pods + " for the lowest indexes that are missing";
    }

    static String deletes(Change.DeletePod delete, int count) {
        String pods = count == 1 ? "deletes a pod" : "deletes " + count + " pods";
        return delete.uncounted()
                ? "JOB-212: " + pods + " that it does not count: suspended or scaled down"
                : "JOB-125: " + pods + " because the Job is about to end";
    }

    static String counts(int count) {
        return "JOB-152: has counted " + (count == 1 ? "a pod" : count + " pods") + " and takes the finalizer away";
    }

    static String remembers(Change.Remember remember) {
        return remember.memory() == null
                ? "JOB-500: a success, or the end: the back-off starts over"
                : "JOB-500: " + remember.memory().failures() + " failures in a row";
    }

    static String condition(ConditionView condition) {
        String interim =
                condition.type().equals("FailureTarget") || condition.type().equals("SuccessCriteriaMet")
                        ? " (interim; JOB-161: the terminal condition follows when every pod is counted)"
                        : "";
        String why = BY_REASON.getOrDefault(condition.reason(), "JOB-160: " + condition.reason());
        return why + " -> " + condition.type() + "=" + condition.status() + interim;
    }
}
