package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.Exit;
import org.jspecify.annotations.Nullable;

/// What became of a Job, in a word for people and an exit code for scripts.
///
/// @param code one of [Exit]
/// @param words such as `complete`, `failed: BackoffLimitExceeded: Job has reached the specified backoff limit`
record JobOutcome(int code, String words) {
    /// Null while the Job goes on.
    static @Nullable JobOutcome of(JsonNode job) {
        @Nullable JsonNode complete = condition(job, "Complete");
        if (complete != null) {
            return new JobOutcome(Exit.OK, "complete");
        }
        @Nullable JsonNode failed = condition(job, "Failed");
        if (failed != null) {
            String reason = failed.path("reason").asText("");
            return new JobOutcome(
                    code(reason),
                    "failed" + part(reason) + part(failed.path("message").asText("")));
        }
        return null;
    }

    /// For one who would wait for ever: a Job that is held back.
    static boolean suspended(JsonNode job) {
        return job.path("spec").path("suspend").asBoolean();
    }

    static boolean started(JsonNode job) {
        return job.path("status").hasNonNull("startTime");
    }

    private static int code(String reason) {
        return switch (reason) {
            case "DeadlineExceeded" -> Exit.JOB_DEADLINE;
            case "FailedIndexes", "MaxFailedIndexesExceeded" -> Exit.JOB_SOME_INDEXES;
            default -> Exit.JOB_FAILED;
        };
    }

    private static String part(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    static @Nullable JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals("True")) {
                return condition;
            }
        }
        return null;
    }
}
