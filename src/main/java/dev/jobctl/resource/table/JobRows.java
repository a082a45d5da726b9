package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Durations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of `get jobs`.
final class JobRows {
    static final List<Column> COLUMNS = List.of(
            Column.name("job"),
            Column.text("Status", "Where the job stands, in one word."),
            Column.text("Completions", "Pods that succeeded, of those wanted."),
            Column.text("Duration", "Time from the start to the completion, or until now."),
            Column.age(),
            Column.text("Containers", "Names of the pod template's containers.").wide(),
            Column.text("Images", "Images of the pod template's containers.").wide(),
            Column.text("Selector", "Labels by which the job finds its pods.").wide());

    private JobRows() {}

    static List<Object> cells(Job job, Instant now) {
        JobSpec spec = job.getSpec() == null ? new JobSpec() : job.getSpec();
        JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
        return List.of(
                Cells.name(job),
                status(job, status),
                completions(spec, status),
                duration(status, now),
                Cells.age(job, now),
                Cells.containers(spec.getTemplate(), Container::getName),
                Cells.containers(spec.getTemplate(), Container::getImage),
                Cells.selector(spec.getSelector()));
    }

    private static String status(Job job, JobStatus status) {
        if (holds(status, "Complete")) {
            return "Complete";
        } else if (holds(status, "Failed")) {
            return "Failed";
        } else if (job.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        } else if (holds(status, "Suspended")) {
            return "Suspended";
        } else if (holds(status, "FailureTarget")) {
            return "FailureTarget";
        }
        return "Running";
    }

    private static boolean holds(JobStatus status, String type) {
        return Cells.list(status.getConditions()).stream()
                .anyMatch(c -> type.equals(c.getType()) && "True".equals(c.getStatus()));
    }

    /// `3/5`; without a fixed number `3/1`, and `3/1 of 2` where several pods run at a time.
    private static String completions(JobSpec spec, JobStatus status) {
        long succeeded = Cells.count(status.getSucceeded());
        @Nullable Integer wanted = spec.getCompletions();
        if (wanted != null) {
            return succeeded + "/" + wanted;
        }
        long parallelism = Cells.count(spec.getParallelism());
        return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
    }

    private static String duration(JobStatus status, Instant now) {
        @Nullable Instant start = Cells.time(status.getStartTime());
        @Nullable Instant end = Cells.time(status.getCompletionTime());
        return start == null ? "" : Durations.human(Duration.between(start, end == null ? now : end));
    }
}
