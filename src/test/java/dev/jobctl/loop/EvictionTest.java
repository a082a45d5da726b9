package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Watch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Evictions, write by write.
class EvictionTest {
    private static final Deletion PLAIN = new Deletion(null, null, null, null);

    private final VirtualPlane plane = new VirtualPlane();

    private Outcome evict(String pod, Deletion options) {
        return plane.submit(new Write.Evict(plane.key(Kinds.POD, pod), options));
    }

    private static List<String> disruption(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("DisruptionTarget"))
                .map(each -> each.getStatus() + " " + each.getReason() + ": " + each.getMessage())
                .toList();
    }

    private static Pod pod(Change<ObjectVersion> change) {
        @Nullable Entry<ObjectVersion> current = change.current();
        if (current == null) {
            throw new AssertionError("removed: " + change.key());
        }
        return (Pod) current.value().object();
    }

    /// Rule EVI-001.
    @Test
    void watchesSeeWhyAPodGoesBeforeItIsMarked() throws InterruptedException {
        plane.create(VirtualPlane.job("pi").build());
        String name = plane.active().getFirst().getMetadata().getName();
        @Nullable
        Watch<ObjectVersion> watch = plane.store()
                .watch(Kinds.POD.keyPrefix(), plane.store().current().revision());
        assertThat(watch).isNotNull();

        evict(name, PLAIN);

        List<Change<ObjectVersion>> changes =
                watch.next(Duration.ZERO) instanceof Watch.Changes<ObjectVersion> seen ? seen.changes() : List.of();
        Pod first = pod(changes.getFirst());
        Pod second = pod(changes.get(1));
        assertThat(disruption(first)).containsExactly("True EvictionByEvictionAPI: Eviction API: evicting");
        assertThat(first.getMetadata().getDeletionTimestamp()).isNull();
        assertThat(second.getMetadata().getDeletionTimestamp()).isNotNull();
    }

    /// Rule EVI-002.
    @Test
    void aPodThatHasEndedIsOnlyDeleted() {
        plane.create(VirtualPlane.job("pi").build());
        Pod pod = plane.active().getFirst();
        plane.ends(pod, 0);

        assertThat(evict(pod.getMetadata().getName(), PLAIN))
                .isInstanceOfSatisfying(
                        Outcome.Removed.class,
                        removed -> assertThat(disruption((Pod) removed.last().object()))
                                .isEmpty());
    }

    @Test
    void preconditionsHoldForEvictionsToo() {
        plane.create(VirtualPlane.job("pi").build());
        Pod pod = plane.active().getFirst();

        assertThat(evict(pod.getMetadata().getName(), new Deletion(null, null, "another", null)))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(evict("nobody", PLAIN)).isInstanceOf(Outcome.Missing.class);
        assertThat(disruption(plane.active().getFirst())).isEmpty();
    }

    @Test
    void anEvictionThatAPolicyIgnoresIsNoFailure() {
        plane.create(VirtualPlane.job("pi")
                .editSpec()
                .withBackoffLimit(0)
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .endSpec()
                .build());
        evict(plane.active().getFirst().getMetadata().getName(), PLAIN);
        plane.pass(Duration.ofSeconds(10));

        assertThat(plane.active()).hasSize(1);
        assertThat(plane.stored("pi").getStatus().getFailed()).isNull();
        plane.ends(plane.active().getFirst(), 0);
        assertThat(plane.conditions("pi")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    /// Rule EVI-003.
    @Test
    void whoIsNotDeletedAfterAllIsNotDisrupted() {
        plane.create(VirtualPlane.job("pi").build());
        String name = plane.active().getFirst().getMetadata().getName();
        ObjectVersion version = plane.version(Kinds.POD, name);
        Pod said = Json.copy((Pod) version.object());
        said.getStatus()
                .getConditions()
                .add(new PodConditionBuilder()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason("Rebalancing")
                        .withLastTransitionTime(plane.now().toString())
                        .build());
        plane.submit(new Write.Update(version.key(), version.revision(), said));

        plane.pass(Duration.ofSeconds(119));
        assertThat(disruption(plane.active().getFirst())).containsExactly("True Rebalancing: null");
        plane.pass(Duration.ofSeconds(1));
        assertThat(disruption(plane.active().getFirst())).containsExactly("False null: null");
    }
}
