package dev.jobctl.resource.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

class SharedSpecTest {
    private final Pod pod = new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .withNamespace("default")
            .addToLabels("ä", "\"quoted\"")
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withCommand("sh", "-c", "echo \"…\"")
            .endContainer()
            .endSpec()
            .build();

    private static ObjectVersion version(Kind kind, HasMetadata object, long revision) {
        return ObjectVersion.of(kind, object, revision);
    }

    private Pod told(String phase) {
        Pod told =
                new PodBuilder(pod).withNewStatus().withPhase(phase).endStatus().build();
        told.setSpec(pod.getSpec());
        return told;
    }

    @Test
    void aVersionWithTheSameSpecIsWrittenAsIfAlone() {
        ObjectVersion first = version(Kinds.POD, pod, 1);
        assertThat(first.json()).isEqualTo(Json.write(pod));
        ObjectVersion before = first;
        for (String phase : new String[] {"Pending", "Running", "Succeeded"}) {
            Pod next = told(phase);
            ObjectVersion after = version(Kinds.POD, next, before.revision() + 1);
            after.follows(before);
            assertThat(next.getSpec()).isSameAs(pod.getSpec());
            assertThat(new String(after.json(), UTF_8)).isEqualTo(new String(Json.write(next), UTF_8));
            before = after;
        }
    }

    @Test
    void aVersionWithAnotherSpecDoesNotTakeTheOldOne() {
        ObjectVersion first = version(Kinds.POD, pod, 1);
        assertThat(first.json()).isNotEmpty();
        Pod bound = new PodBuilder(pod).editSpec().withNodeName("n").endSpec().build();
        ObjectVersion second = version(Kinds.POD, bound, 2);
        second.follows(first);
        assertThat(second.json()).isEqualTo(Json.write(bound));
    }

    @Test
    void aVersionBetweenTwoThatAreWrittenNeedsNoText() {
        ObjectVersion first = version(Kinds.POD, pod, 1);
        ObjectVersion second = version(Kinds.POD, told("Running"), 2);
        second.follows(first);
        Pod last = told("Failed");
        ObjectVersion third = version(Kinds.POD, last, 3);
        third.follows(second);
        assertThat(third.json()).isEqualTo(Json.write(last));
    }

    @Test
    void jobsAndObjectsWithoutSpecsAreWrittenTheSame() {
        Job job = new JobBuilder()
                .withNewMetadata()
                .withName("j")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withCompletions(3)
                .endSpec()
                .build();
        assertThat(version(Kinds.JOB, job, 1).json()).isEqualTo(Json.write(job));
        job.setAdditionalProperty("odd", 1);
        assertThat(version(Kinds.JOB, job, 1).json()).isEqualTo(Json.write(job));
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("b")
                .withNamespace("default")
                .endMetadata()
                .build();
        assertThat(version(Kinds.POD, bare, 1).json()).isEqualTo(Json.write(bare));
    }
}
