package dev.jobctl.apiserver.metrics;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the Job controller of a cluster counts, read off the changes that ours commits. Told by one thread.
final class JobMetrics {
    private static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final Family finished = Family.counter(
            "job_controller_jobs_finished_total",
            "The number of finished jobs split by completion mode, result and reason.");
    private final Family podsFinished = Family.counter(
            "job_controller_job_pods_finished_total",
            "The number of finished Pods that are fully tracked, split by completion mode and result.");
    private final Family podsCreated = Family.counter(
            "job_controller_job_pods_creation_total", "The number of Pods created by the Job controller.");
    private final Family finalizers = Family.counter(
            "job_controller_terminated_pods_tracking_finalizer_total",
            "The number of terminated pods that had or lost the finalizer batch.kubernetes.io/job-tracking.");

    void follow(Change<ObjectVersion> change) {
        @Nullable ObjectVersion before = value(change.previous());
        @Nullable ObjectVersion after = value(change.current());
        ObjectVersion any = after == null ? before : after;
        if (any == null) {
            return;
        }
        if (any.kind().equals(Kinds.JOB) && after != null) {
            job(before, (Job) after.object());
        } else if (any.kind().equals(Kinds.POD)) {
            pod(before == null ? null : (Pod) before.object(), after == null ? null : (Pod) after.object());
        }
    }

    void write(Text text) {
        finished.write(text);
        podsFinished.write(text);
        podsCreated.write(text);
        finalizers.write(text);
    }

    private void job(@Nullable ObjectVersion before, Job job) {
        Optional<JobCondition> end = end(job);
        if (end.isEmpty() || before != null && end((Job) before.object()).isPresent()) {
            return;
        }
        boolean well = end.get().getType().equals("Complete");
        finished.add(
                Labels.of(
                        "completion_mode", Settled.orEmpty(job.getSpec().getCompletionMode()),
                        "reason", Settled.orEmpty(end.get().getReason()),
                        "result", well ? "succeeded" : "failed"),
                1);
    }

    private static Optional<JobCondition> end(Job job) {
        return job.getStatus() == null
                ? Optional.empty()
                : Settled.list(job.getStatus().getConditions()).stream()
                        .filter(c -> "True".equals(c.getStatus()))
                        .filter(c ->
                                c.getType().equals("Complete") || c.getType().equals("Failed"))
                        .findFirst();
    }

    private void pod(@Nullable Pod before, @Nullable Pod after) {
        boolean was = before != null && tracked(before);
        boolean is = after != null && tracked(after);
        if (before == null && is) {
            podsCreated.add(Labels.of("reason", "new", "status", "succeeded"), 1);
        }
        boolean ended = before != null && ended(before);
        if (is && !ended && after != null && ended(after)) {
            finalizers.add(Labels.of("event", "add"), 1);
        }
        @Nullable Pod last = after == null ? before : after;
        if (was && !is && last != null && ended(last)) {
            finalizers.add(Labels.of("event", "delete"), 1);
            boolean well = "Succeeded".equals(last.getStatus().getPhase());
            podsFinished.add(Labels.of("completion_mode", mode(last), "result", well ? "succeeded" : "failed"), 1);
        }
    }

    private static boolean tracked(Pod pod) {
        return Settled.list(pod.getMetadata().getFinalizers()).contains(FINALIZER);
    }

    private static boolean ended(Pod pod) {
        @Nullable
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static String mode(Pod pod) {
        return Settled.map(pod.getMetadata().getAnnotations()).containsKey(INDEX) ? "Indexed" : "NonIndexed";
    }

    private static @Nullable ObjectVersion value(@Nullable Entry<ObjectVersion> entry) {
        return entry == null ? null : entry.value();
    }
}
