package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Watch;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// DELETE on pods and the node's reports, write by write: the node here does nothing by itself.
class PodDeletionTest {
    private final VirtualPlane plane = new VirtualPlane();
    private final ObjectKey key = plane.key(Kinds.POD, "a");

    private Outcome now(Write write) {
        CompletableFuture<Outcome> answer = plane.loop().submit(write);
        boolean more = true;
        while (more) {
            more = plane.loop().step(100);
        }
        return answer.join();
    }

    private void pod(String... finalizers) {
        Pod pod = VirtualPlane.pod("a")
                .editMetadata()
                .withFinalizers(finalizers)
                .endMetadata()
                .build();
        now(plane.toCreate(Kinds.POD, pod));
    }

    private Outcome delete(@Nullable Long grace) {
        return now(new Write.Delete(key, new Deletion(grace, null, null, null)));
    }

    private ObjectMeta meta() {
        return plane.version(Kinds.POD, "a").object().getMetadata();
    }

    private Outcome report(String phase) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        return now(new Write.ReportPod(plane.version(Kinds.POD, "a").ref(), status));
    }

    @Test
    void aBoundPodGetsItsGraceAndGoesWhenTheNodeLetsGo() {
        pod();
        assertThat(delete(null)).isInstanceOf(Outcome.Stored.class);
        assertThat(meta().getDeletionTimestamp()).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(meta().getDeletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(meta().getGeneration()).isEqualTo(2);
        assertThat(report("Failed")).isInstanceOf(Outcome.Stored.class);
        assertThat(delete(0L)).isInstanceOf(Outcome.Removed.class);
        assertThat(plane.find(Kinds.POD, "a")).isNull();
    }

    @Test
    void aSecondDeleteMayShortenTheGraceButNotExtendIt() {
        pod();
        delete(20L);
        plane.time().advance(Duration.ofSeconds(3));
        assertThat(delete(60L)).isInstanceOf(Outcome.Stored.class);
        assertThat(meta().getDeletionGracePeriodSeconds()).isEqualTo(20);
        delete(5L);
        assertThat(meta().getDeletionTimestamp()).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(meta().getDeletionGracePeriodSeconds()).isEqualTo(5);
    }

    @Test
    void aFinalizerHoldsThePodAfterTheNodeLetGo() {
        pod("example.com/hold");
        delete(null);
        assertThat(delete(0L)).isInstanceOf(Outcome.Stored.class);
        ObjectVersion held = plane.version(Kinds.POD, "a");
        Pod free = dev.jobctl.resource.value.Json.copy((Pod) held.object());
        free.getMetadata().setFinalizers(List.of());
        assertThat(now(new Write.Update(key, held.revision(), free))).isInstanceOf(Outcome.Removed.class);
    }

    @Test
    void aFinishedPodGoesAtOnceAndWatchesSeeTheMarkFirst() throws InterruptedException {
        pod();
        report("Succeeded");
        Watch<ObjectVersion> watch = plane.store()
                .watch(Kinds.POD.keyPrefix(), plane.store().current().revision());
        assertThat(watch).isNotNull();
        assertThat(delete(null)).isInstanceOf(Outcome.Removed.class);
        assertThat(
                        watch.next(Duration.ZERO) instanceof Watch.Changes<ObjectVersion>(var changes, long upTo)
                                ? changes
                                : List.of())
                .hasSize(2);
    }

    @Test
    void anEndedPodNeverComesBackToLife() {
        pod();
        report("Failed");
        ObjectVersion ended = plane.version(Kinds.POD, "a");
        report("Running");
        report("Succeeded");
        assertThat(plane.version(Kinds.POD, "a")).isSameAs(ended);
    }

    @Test
    void conditionsOfOthersSurviveTheNodesReport() {
        pod();
        ObjectVersion bound = plane.version(Kinds.POD, "a");
        Pod disrupted = dev.jobctl.resource.value.Json.copy((Pod) bound.object());
        disrupted.getStatus().getConditions().add(condition("DisruptionTarget", "True"));
        now(new Write.Update(key, bound.revision(), disrupted));
        PodStatus status = new PodStatus();
        status.setPhase("Running");
        status.setConditions(List.of(condition("Ready", "True"), condition("PodScheduled", "Unknown")));
        now(new Write.ReportPod(plane.version(Kinds.POD, "a").ref(), status));

        Pod merged = (Pod) plane.version(Kinds.POD, "a").object();
        assertThat(merged.getStatus().getConditions())
                .extracting(each -> each.getType() + "=" + each.getStatus())
                .containsExactly("Ready=True", "PodScheduled=True", "DisruptionTarget=True");
        assertThat(merged.getStatus().getQosClass()).isEqualTo("BestEffort");
    }

    private PodCondition condition(String type, String status) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withLastTransitionTime(plane.now().toString())
                .build();
    }

    @Test
    void anUnboundPodGoesAtOnce() {
        VirtualPlane alone = new VirtualPlane();
        alone.delete(Kinds.NODE, "local", null);
        alone.create(VirtualPlane.job("pi").build());
        String name = alone.pods().getFirst().getMetadata().getName();
        assertThat(alone.events(name)).containsExactly("FailedScheduling: no nodes available to schedule pods x1");
        alone.change("pi", job -> job.getSpec().setSuspend(true));
        assertThat(alone.pods()).isEmpty();
    }
}
