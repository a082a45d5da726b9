package dev.jobctl.apiserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is counted of Jobs and pods, from the changes of commits.
final class MetricsTest {
    private static final String TRACKED = "\"finalizers\":[\"batch.kubernetes.io/job-tracking\"]";

    private final Metrics metrics = new Metrics(() -> 3, Snapshot::empty, "v1");

    @Test
    void aJobIsCountedOnceWhenItEnds() {
        String end = "\"conditions\":[{\"type\":\"Failed\",\"status\":\"True\",\"reason\":\"BackoffLimitExceeded\"}]";
        ObjectVersion running = job("");
        ObjectVersion failed = job(end);
        metrics.follow(List.of(change(null, running), change(running, failed)));
        metrics.follow(List.of(change(failed, job(end + ",\"failed\":1")), change(failed, null)));
        assertThat(metrics.text().lines())
                .contains(
                        "job_controller_jobs_finished_total{completion_mode=\"NonIndexed\",reason=\"BackoffLimitExceeded\",result=\"failed\"}"
                            + " 1")
                .contains("jobctl_commits_total 2")
                .contains("jobctl_changes_total 4")
                .contains("workqueue_depth{name=\"loop\"} 3");
    }

    @Test
    void aPodIsCountedWhenItLosesItsFinalizer() {
        ObjectVersion fresh = pod(TRACKED, "Pending");
        ObjectVersion ended = pod(TRACKED, "Succeeded");
        ObjectVersion counted = pod("\"finalizers\":[]", "Succeeded");
        metrics.follow(List.of(change(null, fresh), change(fresh, ended), change(ended, counted)));
        assertThat(metrics.text().lines())
                .contains("job_controller_job_pods_creation_total{reason=\"new\",status=\"succeeded\"} 1")
                .contains(
                        "job_controller_job_pods_finished_total{completion_mode=\"NonIndexed\",result=\"succeeded\"} 1")
                .contains("job_controller_terminated_pods_tracking_finalizer_total{event=\"add\"} 1")
                .contains("job_controller_terminated_pods_tracking_finalizer_total{event=\"delete\"} 1");
    }

    private static ObjectVersion job(String status) {
        return version(
                Kinds.JOB,
                "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"j\",\"namespace\":\"n\"},"
                        + "\"spec\":{\"completionMode\":\"NonIndexed\"},\"status\":{" + status + "}}");
    }

    private static ObjectVersion pod(String meta, String phase) {
        return version(
                Kinds.POD,
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"namespace\":\"n\"," + meta
                        + "},\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    private static ObjectVersion version(Kind kind, String json) {
        return ObjectVersion.read(kind, 1, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Change<ObjectVersion> change(@Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        return new Change<>("k", 2, entry(before), entry(after));
    }

    private static @Nullable Entry<ObjectVersion> entry(@Nullable ObjectVersion version) {
        return version == null ? null : new Entry<>("k", 1, 1, version);
    }
}
