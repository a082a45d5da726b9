package dev.jobctl.simulate;

import dev.jobctl.report.Timeline.JobEnd;
import dev.jobctl.report.Timeline.Kind;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of the Jobs of a world. Owned by its observer.
final class JobWatch {
    private static final int FAILED = 10;
    private static final int DEADLINE = 11;
    private static final int SOME_INDEXES = 12;
    private static final int NOT_STARTED = 13;
    private static final int TIMEOUT = 124;

    private final Observer observer;
    private final Map<String, Life> lives = new LinkedHashMap<>();

    /// One Job so far. Changed by its watch only.
    static final class Life {
        private final Instant created;
        private Job job;
        private boolean deleted;
        private @Nullable Instant ended;
        private int pods;
        private Duration waited = Duration.ZERO;
        private final Map<String, Deque<End>> unreplaced = new HashMap<>();

        private Life(Job job, Instant created) {
            this.job = job;
            this.created = created;
        }
    }

    /// A pod that failed and was not replaced yet.
    private record End(String pod, Instant at) {}

    JobWatch(Observer observer) {
        this.observer = observer;
    }

    void changed(@Nullable Job before, @Nullable Job after) {
        Job known = Objects.requireNonNull(after == null ? before : after);
        String subject = "job/" + known.getMetadata().getName();
        Life life = lives.computeIfAbsent(known.getMetadata().getUid(), uid -> new Life(known, observer.now()));
        life.job = known;
        if (after == null) {
            life.deleted = true;
            life.ended = life.ended == null ? observer.now() : life.ended;
            observer.say(Kind.JOB, subject, "removed");
            return;
        }
        if (before == null) {
            observer.say(Kind.JOB, subject, "created" + shape(after));
        }
        for (JobCondition condition : after.getStatus().getConditions()) {
            if (before == null || fresh(condition, before)) {
                observer.say(Kind.JOB, subject, words(condition));
            }
        }
        if (life.ended == null && finished(after).isPresent()) {
            life.ended = observer.now();
        }
    }

    private static String shape(Job job) {
        boolean indexed = "Indexed".equals(job.getSpec().getCompletionMode());
        @Nullable Integer completions = job.getSpec().getCompletions();
        return (indexed ? ", Indexed" : "")
                + ", completions " + (completions == null ? "unset" : completions)
                + ", parallelism " + job.getSpec().getParallelism()
                + (Boolean.TRUE.equals(job.getSpec().getSuspend()) ? ", suspended" : "");
    }

    private static boolean fresh(JobCondition condition, Job before) {
        return before.getStatus().getConditions().stream()
                .noneMatch(old -> old.getType().equals(condition.getType())
                        && old.getStatus().equals(condition.getStatus())
                        && Objects.equals(old.getReason(), condition.getReason()));
    }

    private static String words(JobCondition condition) {
        String text = condition.getType() + "=" + condition.getStatus();
        text += condition.getReason() == null ? "" : ", " + condition.getReason();
        return text + (condition.getMessage() == null ? "" : ": " + condition.getMessage());
    }

    static Optional<JobCondition> finished(Job job) {
        return job.getStatus().getConditions().stream()
                .filter(c -> c.getStatus().equals("True")
                        && (c.getType().equals("Complete") || c.getType().equals("Failed")))
                .findFirst();
    }

    // --- pods

    void podFailed(String jobUid, String index, String pod, Instant at) {
        @Nullable Life life = lives.get(jobUid);
        if (life != null) {
            life.unreplaced.computeIfAbsent(index, i -> new ArrayDeque<>()).add(new End(pod, at));
        }
    }

    /// What its creation replaces, in words; empty for nothing.
    String podCreated(String jobUid, String index, Instant at) {
        @Nullable Life life = lives.get(jobUid);
        if (life == null) {
            return "";
        }
        life.pods++;
        Deque<End> ends = life.unreplaced.getOrDefault(index, new ArrayDeque<>());
        if (ends.isEmpty()) {
            return "";
        }
        End end = ends.remove();
        Duration waited = Duration.between(end.at(), at);
        life.waited = life.waited.plus(waited);
        return waited.isPositive()
                ? ", " + dev.jobctl.report.Times.print(waited) + " after " + end.pod() + " failed"
                : ", in place of " + end.pod();
    }

    // --- the end

    Collection<Life> lives() {
        return lives.values();
    }

    List<JobEnd> ends() {
        return lives.values().stream().map(this::end).toList();
    }

    private JobEnd end(Life life) {
        JobStatus status = life.job.getStatus();
        Optional<JobCondition> condition = finished(life.job);
        boolean suspended = Boolean.TRUE.equals(life.job.getSpec().getSuspend());
        String outcome = condition
                .map(JobCondition::getType)
                .orElse(life.deleted ? "Deleted" : suspended ? "Suspended" : "Running");
        boolean indexed = "Indexed".equals(life.job.getSpec().getCompletionMode());
        return new JobEnd(
                life.job.getMetadata().getName(),
                outcome,
                condition.map(c -> text(c.getReason())).orElse(""),
                condition.map(c -> text(c.getMessage())).orElse(""),
                code(outcome, condition.map(c -> text(c.getReason())).orElse(""), status),
                Duration.between(life.created, life.ended == null ? observer.now() : life.ended),
                life.pods,
                number(status.getSucceeded()),
                number(status.getFailed()),
                life.waited,
                indexed ? text(status.getCompletedIndexes()) : null,
                indexed && life.job.getSpec().getBackoffLimitPerIndex() != null
                        ? text(status.getFailedIndexes())
                        : null,
                null);
    }

    /// As `jobctl run` and `jobctl wait` answer.
    private static int code(String outcome, String reason, JobStatus status) {
        return switch (outcome) {
            case "Complete" -> 0;
            case "Failed" ->
                switch (reason) {
                    case "DeadlineExceeded" -> DEADLINE;
                    case "FailedIndexes", "MaxFailedIndexesExceeded" -> SOME_INDEXES;
                    default -> FAILED;
                };
            case "Deleted" -> FAILED;
            default -> status.getStartTime() == null ? NOT_STARTED : TIMEOUT;
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int number(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
