package dev.jobctl.resource.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.view.PodView.Phase;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodViewTest {
    @Test
    void aBarePodIsPendingAndUnbound() {
        PodView pod = read("", "", "");
        assertThat(pod.phase()).isEqualTo(Phase.Pending);
        assertThat(pod.node()).isNull();
        assertThat(pod.index()).isEqualTo(PodView.NO_INDEX);
        assertThat(pod.active()).isTrue();
        assertThat(pod.tracked()).isFalse();
        assertThat(pod.needs()).isEqualTo(PodNeeds.NONE);
    }

    @Test
    void whatItsJobWroteOnItIsRead() {
        PodView pod = read("""
            ,"finalizers":["batch.kubernetes.io/job-tracking"],
            "annotations":{"batch.kubernetes.io/job-completion-index":"7",
              "batch.kubernetes.io/job-index-failure-count":"2",
              "batch.kubernetes.io/job-index-ignored-failure-count":"1"},
            "ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":"pi","uid":"j","controller":true,
              "blockOwnerDeletion":true}]\
            """, "", "");
        assertThat(pod.index()).isEqualTo(7);
        assertThat(pod.failureCount()).isEqualTo(2);
        assertThat(pod.ignoredFailureCount()).isEqualTo(1);
        assertThat(pod.tracked()).isTrue();
        assertThat(pod.controller()).isEqualTo(new OwnerView("batch/v1", "Job", "pi", "j", true, true));
    }

    /// Rule JOB-422: unreadable, negative and huge annotation values are read as 0, an index as none.
    @Test
    void annotationsThatMeanNothingCountAsAbsent() {
        for (String value : new String[] {"x", "-1", "99999999999", ""}) {
            PodView pod = read(
                    ",\"annotations\":{\"batch.kubernetes.io/job-completion-index\":\"" + value
                            + "\",\"batch.kubernetes.io/job-index-failure-count\":\"" + value + "\"}",
                    "",
                    "");
            assertThat(pod.index()).isEqualTo(PodView.NO_INDEX);
            assertThat(pod.failureCount()).isZero();
        }
    }

    @Test
    void restartsOfAllContainersAddUp() {
        PodView pod = read("", "", """
            "phase":"Running","containerStatuses":[{"name":"a","restartCount":2},{"name":"b","restartCount":1}],
            "initContainerStatuses":[{"name":"side","restartCount":4,"state":{"running":{}}}]\
            """);
        assertThat(pod.restarts()).isEqualTo(7);
        assertThat(pod.initContainers()).extracting(ContainerView::name).containsExactly("side");
    }

    @Test
    void readinessHasATime() {
        PodView pod = read("", "", """
            "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:05Z"}]\
            """);
        assertThat(pod.ready()).isTrue();
        assertThat(pod.readySince()).isEqualTo("2026-01-01T00:00:05Z");
    }

    /// Rule JOB-600
    @Test
    void theFinishTimeIsThatOfTheLastContainer() {
        PodView pod = read("", "", """
            "containerStatuses":[
              {"name":"a","state":{"terminated":{"exitCode":0,"finishedAt":"2026-01-01T00:00:09Z"}}},
              {"name":"b","state":{"terminated":{"exitCode":1,"finishedAt":"2026-01-01T00:00:07Z"}}}]\
            """);
        assertThat(pod.finishTime()).isEqualTo("2026-01-01T00:00:09Z");
    }

    /// Rule JOB-600
    @Test
    void aSidecarMustHaveEndedToo() {
        String spec = "\"initContainers\":[{\"name\":\"i\"},{\"name\":\"s\",\"restartPolicy\":\"Always\"}]";
        String main = "\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\","
                + "\"lastTransitionTime\":\"2026-01-01T00:00:05Z\"}],\"containerStatuses\":[{\"name\":\"a\","
                + "\"state\":{\"terminated\":{\"finishedAt\":\"2026-01-01T00:00:07Z\"}}}],\"initContainerStatuses\":"
                + "[{\"name\":\"i\",\"state\":{\"terminated\":{\"finishedAt\":\"2026-01-01T00:00:59Z\"}}},";
        assertThat(read("", spec, main + "{\"name\":\"s\",\"state\":{\"running\":{}}}]")
                        .finishTime())
                .isEqualTo("2026-01-01T00:00:05Z");
        String ended = "{\"name\":\"s\",\"state\":{\"terminated\":{\"finishedAt\":\"2026-01-01T00:00:09Z\"}}}]";
        assertThat(read("", spec, main + ended).finishTime()).isEqualTo("2026-01-01T00:00:09Z");
    }

    /// Rule JOB-600
    @Test
    void whileAContainerHasNotEndedTheFinishTimeIsThatOfReadyBecomingFalse() {
        PodView pod = read("", "", """
            "conditions":[{"type":"Ready","status":"False","lastTransitionTime":"2026-01-01T00:00:05Z"}],
            "containerStatuses":[
              {"name":"a","state":{"terminated":{"exitCode":0,"finishedAt":"2026-01-01T00:00:09Z"}}},
              {"name":"b","state":{"running":{}}}]\
            """);
        assertThat(pod.finishTime()).isEqualTo("2026-01-01T00:00:05Z");
    }

    /// Rule JOB-600
    @Test
    void elseItIsWhenDeletionWasAskedFor() {
        PodView pod = read(",\"deletionTimestamp\":\"2026-01-01T00:01:00Z\",\"deletionGracePeriodSeconds\":30", "", "");
        assertThat(pod.finishTime()).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(pod.terminating()).isTrue();
    }

    /// Rule JOB-600
    @Test
    void elseItIsThePodsBirth() {
        assertThat(read("", "", "").finishTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void requestsAreThoseOfTheHungriestMoment() {
        PodView pod = read("", """
            "initContainers":[
              {"name":"i","resources":{"requests":{"cpu":"3","memory":"1Ki"}}},
              {"name":"s","restartPolicy":"Always","resources":{"requests":{"cpu":"500m"}}}],
            "containers":[
              {"name":"a","resources":{"requests":{"cpu":"1","memory":"1Mi"}}},
              {"name":"b","resources":{"requests":{"cpu":"100m"}}}]\
            """, "");
        assertThat(pod.needs().requests()).isEqualTo(Map.of("cpu", 3000L, "memory", 1048576L));
    }

    @Test
    void sidecarsRunBesideTheMainContainers() {
        PodView pod = read("", """
            "initContainers":[{"name":"s","restartPolicy":"Always","resources":{"requests":{"cpu":"500m"}}}],
            "containers":[{"name":"a","resources":{"requests":{"cpu":"1"}}}]\
            """, "");
        assertThat(pod.needs().requests()).isEqualTo(Map.of("cpu", 1500L));
    }

    @Test
    void whatThePodSaysAsAWholeGoesBeforeItsContainers() {
        PodView pod = read("", """
            "resources":{"requests":{"cpu":"2","ephemeral-storage":"1"}},"overhead":{"cpu":"100m"},
            "containers":[{"name":"a","resources":{"requests":{"cpu":"1","memory":"1Mi"}}}]\
            """, "");
        assertThat(pod.needs().requests()).isEqualTo(Map.of("cpu", 2100L, "memory", 1048576L));
    }

    @Test
    void theTrackingFinalizerCanBeTakenAwayAndGiven() {
        PodView pod = read(",\"finalizers\":[\"other\"]", "", "");
        assertThat(pod.withTracking(true).tracked()).isTrue();
        assertThat(pod.withTracking(true).withTracking(false)).isEqualTo(pod);
    }

    @Test
    void aNodeIsWhatItSays() {
        NodeView node = NodeView.of(Json.read("""
            {"metadata":{"name":"n","uid":"u","labels":{"a":"b"}},
             "spec":{"unschedulable":true,"taints":[{"key":"k","value":"v","effect":"NoExecute"}]},
             "status":{"allocatable":{"cpu":"2","memory":"1Gi","pods":"110"},
               "conditions":[{"type":"Ready","status":"True"}]}}\
            """.getBytes(StandardCharsets.UTF_8), Node.class));
        assertThat(node.name()).isEqualTo("n");
        assertThat(node.ready()).isTrue();
        assertThat(node.unschedulable()).isTrue();
        assertThat(node.taints()).containsExactly(new TaintView("k", "v", "NoExecute", null));
        assertThat(node.allocatable()).isEqualTo(Map.of("cpu", 2000L, "memory", 1073741824L, "pods", 110L));
    }

    private static PodView read(String meta, String spec, String status) {
        String json = "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"c\","
                + "\"creationTimestamp\":\"2026-01-01T00:00:00Z\"" + meta + "},\"spec\":{" + spec + "},\"status\":{"
                + status + "}}";
        return PodView.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Pod.class));
    }
}
