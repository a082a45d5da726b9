package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A namespace that is deleted, through loop and controllers together.
class NamespaceLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    private void configMap(String... finalizers) {
        plane.create(
                Kinds.CONFIG_MAP,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace("default")
                        .withFinalizers(finalizers)
                        .endMetadata()
                        .build());
    }

    private void heldPod() {
        Pod pod = VirtualPlane.pod("held")
                .editMetadata()
                .withFinalizers("example.com/hold")
                .endMetadata()
                .build();
        plane.create(Kinds.POD, pod);
    }

    private void letGo() {
        ObjectVersion held = plane.version(Kinds.POD, "held");
        Pod free = Json.copy((Pod) held.object());
        free.getMetadata().setFinalizers(List.of());
        plane.submit(new Write.Update(held.key(), held.revision(), free));
    }

    @Test
    void whatPodsNeedStaysUntilTheLastOneIsGone() {
        configMap();
        heldPod();

        plane.delete(Kinds.NAMESPACE, "default", null);

        assertThat(plane.version(Kinds.POD, "held").object().getMetadata().getDeletionTimestamp())
                .isNotNull();
        assertThat(plane.version(Kinds.CONFIG_MAP, "settings")
                        .object()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
        letGo();
        assertThat(plane.find(Kinds.CONFIG_MAP, "settings")).isNull();
        assertThat(plane.find(Kinds.NAMESPACE, "default")).isNull();
    }

    @Test
    void aJobInItGetsNoPodsAnyMoreAndDoesNotAskForThem() {
        heldPod();
        plane.create(VirtualPlane.job("pi").build());

        plane.delete(Kinds.NAMESPACE, "default", null);
        plane.pass(Duration.ofMinutes(1));

        assertThat(plane.active()).isEmpty();
        assertThat(plane.stored("pi").getStatus().getActive()).isNull();
        assertThat(plane.stored("pi").getStatus().getFailed()).isEqualTo(1);
        assertThat(plane.events("pi")).noneMatch(event -> event.startsWith("FailedCreate"));
        long revision = plane.store().current().revision();
        plane.pass(Duration.ofMinutes(30));
        assertThat(plane.store().current().revision()).isEqualTo(revision);
        letGo();
        assertThat(plane.find(Kinds.NAMESPACE, "default")).isNull();
    }

    @Test
    void itSaysWhatItWaitsFor() {
        configMap("example.com/hold");

        plane.delete(Kinds.NAMESPACE, "default", null);

        Namespace namespace =
                (Namespace) plane.version(Kinds.NAMESPACE, "default").object();
        assertThat(namespace.getStatus().getConditions())
                .extracting(NamespaceCondition::getType, NamespaceCondition::getStatus)
                .map(each -> each.toList().toString())
                .containsExactly(
                        "[NamespaceDeletionDiscoveryFailure, False]",
                        "[NamespaceDeletionGroupVersionParsingFailure, False]",
                        "[NamespaceDeletionContentFailure, False]",
                        "[NamespaceContentRemaining, True]",
                        "[NamespaceFinalizersRemaining, True]");
    }

    @Test
    void itSaysSoAgainWhenAnObjectLosesOneOfItsFinalizers() {
        configMap("example.com/hold", "example.com/other");
        plane.delete(Kinds.NAMESPACE, "default", null);
        assertThat(remaining())
                .endsWith("example.com/hold in 1 resource instances, example.com/other in 1 resource instances");

        ObjectVersion held = plane.version(Kinds.CONFIG_MAP, "settings");
        ConfigMap next = Json.copy((ConfigMap) held.object());
        next.getMetadata().setFinalizers(List.of("example.com/other"));
        plane.submit(new Write.Update(held.key(), held.revision(), next));

        assertThat(remaining()).endsWith("remaining: example.com/other in 1 resource instances");
    }

    private String remaining() {
        Namespace namespace =
                (Namespace) plane.version(Kinds.NAMESPACE, "default").object();
        return namespace.getStatus().getConditions().getLast().getMessage();
    }
}
