package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules GC-012 and SCH-009 in the whole loop.
class ClaimProtectionTest {
    private static final String FINALIZER = "kubernetes.io/pvc-protection";

    private final VirtualPlane plane = new VirtualPlane();
    private final ObjectKey data = plane.key(Kinds.PERSISTENT_VOLUME_CLAIM, "data");

    private void claim() {
        plane.create(
                Kinds.PERSISTENT_VOLUME_CLAIM,
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build());
    }

    private void pod(String name) {
        plane.create(
                Kinds.POD,
                VirtualPlane.pod(name)
                        .editSpec()
                        .addNewVolume()
                        .withName("d")
                        .withNewPersistentVolumeClaim("data", false)
                        .endVolume()
                        .endSpec()
                        .build());
    }

    private void delete(ObjectKey key) {
        plane.submit(new Write.Delete(key, new Deletion(0L, null, null, null)));
    }

    private Pod late() {
        return (Pod) plane.version(Kinds.POD, "late").object();
    }

    private List<String> finalizers() {
        return plane.version(Kinds.PERSISTENT_VOLUME_CLAIM, "data")
                .object()
                .getMetadata()
                .getFinalizers();
    }

    private boolean isThere() {
        return plane.find(Kinds.PERSISTENT_VOLUME_CLAIM, "data") != null;
    }

    @Test
    void aClaimWaitsForThePodsThatUseIt() {
        claim();
        pod("a");
        pod("b");
        assertThat(finalizers()).containsExactly(FINALIZER);

        delete(data);
        assertThat(isThere()).isTrue();
        delete(plane.key(Kinds.POD, "a"));
        assertThat(isThere()).isTrue();
        delete(plane.key(Kinds.POD, "b"));
        assertThat(isThere()).isFalse();
    }

    @Test
    void aPodThatHasEndedHoldsItToo() {
        claim();
        pod("a");
        PodStatus ended = new PodStatus();
        ended.setPhase("Succeeded");
        plane.submit(new Write.ReportPod(plane.version(Kinds.POD, "a").ref(), ended));
        delete(data);
        assertThat(isThere()).isTrue();
        delete(plane.key(Kinds.POD, "a"));
        assertThat(isThere()).isFalse();
    }

    @Test
    void nobodyNewGetsAClaimThatGoes() {
        claim();
        pod("a");
        delete(data);
        pod("late");
        assertThat(late().getSpec().getNodeName()).isNull();
        assertThat(late().getStatus().getConditions())
                .extracting(condition -> condition.getMessage())
                .singleElement()
                .asString()
                .startsWith("0/1 nodes are available: persistentvolumeclaim \"data\" is being deleted.");

        delete(plane.key(Kinds.POD, "a"));
        assertThat(isThere()).isFalse();
        assertThat(late().getStatus().getConditions())
                .extracting(condition -> condition.getMessage())
                .singleElement()
                .asString()
                .contains("persistentvolumeclaim \"data\" not found");
        claim();
        assertThat(late().getSpec().getNodeName()).isNotNull();
    }

    @Test
    void anUnusedClaimGoesAtOnce() {
        claim();
        delete(data);
        assertThat(isThere()).isFalse();
    }

    @Test
    void whoTakesTheProtectionAwayGetsItBack() {
        claim();
        ObjectVersion version = plane.version(Kinds.PERSISTENT_VOLUME_CLAIM, "data");
        HasMetadata bare = Json.copy(version.object());
        bare.getMetadata().setFinalizers(List.of());
        plane.submit(new Write.Update(version.key(), version.revision(), bare));
        assertThat(finalizers()).containsExactly(FINALIZER);
    }
}
