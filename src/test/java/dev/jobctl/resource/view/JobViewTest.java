package dev.jobctl.resource.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.view.JobSpecView.CompletionMode;
import dev.jobctl.resource.view.JobStatusView.Uncounted;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobViewTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aBareJobHasTheDefaults() {
        JobView job = read("""
            {"metadata":{"name":"pi","namespace":"default","uid":"u"},"spec":{"template":{"spec":{}}}}\
            """);
        assertThat(job.meta().name()).isEqualTo("pi");
        assertThat(job.spec().mode()).isEqualTo(CompletionMode.NonIndexed);
        assertThat(job.spec().completions()).isEqualTo(1);
        assertThat(job.spec().parallelism()).isEqualTo(1);
        assertThat(job.spec().backoffLimit()).isEqualTo(6);
        assertThat(job.spec().suspended()).isFalse();
        assertThat(job.spec().replaceOnlyFailed()).isFalse();
        assertThat(job.managedElsewhere()).isFalse();
        assertThat(job.status()).isEqualTo(JobStatusView.UNTOUCHED);
    }

    @Test
    void aWorkQueueHasNoCompletions() {
        assertThat(spec("\"parallelism\":3").completions()).isNull();
        assertThat(spec("\"completions\":3").parallelism()).isEqualTo(1);
    }

    @Test
    void aLimitPerIndexLiftsTheOther() {
        JobSpecView spec = spec("\"completionMode\":\"Indexed\",\"completions\":2,\"backoffLimitPerIndex\":1");
        assertThat(spec.backoffLimit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(spec.limitedPerIndex()).isTrue();
    }

    @Test
    void aFailurePolicyMeansReplacingOnlyTheFailed() {
        JobSpecView spec = spec("""
            "podFailurePolicy":{"rules":[
              {"action":"FailJob","onExitCodes":{"containerName":"main","operator":"In","values":[42]}},
              {"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget"}]}]}\
            """);
        assertThat(spec.replaceOnlyFailed()).isTrue();
        assertThat(spec.podFailurePolicy())
                .isEqualTo(new PodFailurePolicyView(List.of(
                        new PodFailurePolicyView.Rule(
                                PodFailurePolicyView.Action.FailJob,
                                new PodFailurePolicyView.ExitCodes("main", true, java.util.Set.of(42))),
                        new PodFailurePolicyView.Rule(
                                PodFailurePolicyView.Action.Ignore,
                                new PodFailurePolicyView.Conditions(
                                        List.of(new PodFailurePolicyView.Pattern("DisruptionTarget", "True")))))));
    }

    @Test
    void aSuccessPolicyKeepsIndexesAndCount() {
        JobSpecView spec =
                spec("\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\"0,2-4\",\"succeededCount\":2}]}");
        assertThat(spec.successPolicy())
                .isEqualTo(new SuccessPolicyView(List.of(new SuccessPolicyView.Rule(IndexSet.of(0, 2, 3, 4), 2))));
    }

    @Test
    void anAbsentSelectorSelectsNothing() {
        assertThat(spec("\"suspend\":true").selector().matches(java.util.Map.of("a", "b")))
                .isFalse();
    }

    @Test
    void theStatusIsWrittenAsTheApiShowsIt() {
        JobStatusView status = new JobStatusView(
                List.of(new ConditionView("Suspended", "True", "JobSuspended", "Job suspended", NOON.plusMillis(900))),
                NOON.plusMillis(1),
                null,
                0,
                0,
                0,
                0,
                0,
                IndexSet.EMPTY,
                null,
                Uncounted.NONE);
        assertThat(text(status)).isEqualTo("""
            {"conditions":[{"lastProbeTime":"2026-01-01T12:00:00Z","lastTransitionTime":"2026-01-01T12:00:00Z",\
            "message":"Job suspended","reason":"JobSuspended","status":"True","type":"Suspended"}],\
            "ready":0,"startTime":"2026-01-01T12:00:00Z","terminating":0,"uncountedTerminatedPods":{}}\
            """);
    }

    @Test
    void countersThatAreNotZeroAreShown() {
        JobStatusView status = new JobStatusView(
                List.of(),
                NOON,
                NOON,
                2,
                1,
                3,
                4,
                5,
                IndexSet.range(0, 3),
                IndexSet.EMPTY,
                new Uncounted(List.of("a"), List.of("b")));
        assertThat(text(status)).isEqualTo("""
            {"active":2,"completedIndexes":"0-3","completionTime":"2026-01-01T12:00:00Z","failed":5,\
            "failedIndexes":"","ready":1,"startTime":"2026-01-01T12:00:00Z","succeeded":4,"terminating":3,\
            "uncountedTerminatedPods":{"failed":["b"],"succeeded":["a"]}}\
            """);
    }

    @Test
    void aStatusComesBackAsItWas() {
        JobStatusView status = new JobStatusView(
                List.of(new ConditionView("Failed", "True", "X", "", NOON.plusNanos(5))),
                NOON.plusNanos(7),
                null,
                1,
                0,
                2,
                3,
                4,
                IndexSet.of(1, 2, 9),
                IndexSet.of(4),
                new Uncounted(List.of("a"), List.of()));
        Job job = Json.read("""
            {"metadata":{"name":"a","namespace":"b","uid":"c"}}\
            """.getBytes(StandardCharsets.UTF_8), Job.class);
        job.setStatus(status.toStatus());
        assertThat(JobView.of(Json.copy(job)).status()).isEqualTo(status);
    }

    @Test
    void anUntouchedStatusIsEmpty() {
        assertThat(text(JobStatusView.UNTOUCHED)).isEqualTo("{}");
    }

    @Test
    void nullsInsideAreHarmless() {
        JobView job = read("""
            {"metadata":{"name":"a","namespace":"b","uid":"c","labels":null,"finalizers":[null,"x"],
             "ownerReferences":[null]},
             "spec":{"podFailurePolicy":{"rules":[null]},"successPolicy":{"rules":null},"selector":null},
             "status":{"conditions":[null],"uncountedTerminatedPods":{"failed":null}}}\
            """);
        assertThat(job.meta().finalizers()).containsExactly("x");
        assertThat(job.status().conditions()).isEmpty();
        assertThat(job.status().uncounted()).isEqualTo(Uncounted.NONE);
    }

    private static String text(JobStatusView status) {
        return new String(Json.write(status.toStatus()), StandardCharsets.UTF_8);
    }

    private static JobSpecView spec(String fields) {
        return read("{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"c\"},\"spec\":{" + fields + "}}")
                .spec();
    }

    private static JobView read(String json) {
        return JobView.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Job.class));
    }
}
