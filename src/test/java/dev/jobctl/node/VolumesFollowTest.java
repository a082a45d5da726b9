package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Volumes of running pods follow the objects that they are made of.
final class VolumesFollowTest extends SandboxedNode {
    @BeforeEach
    void prepare() {
        needSandboxes();
        bed.reports.events.clear();
        bed.configMaps.put("map", map("one"));
        bed.secrets.put(
                "secret", new SecretBuilder().addToData("key", "c2VjcmV0").build());
    }

    private static ConfigMap map(String value) {
        return new ConfigMapBuilder().addToData("key", value).build();
    }

    /// `/map`, `/part` (one key by subPath), `/secret`, `/pod` (labels), `/all` (projected map and labels).
    private static Pod pod(String name) {
        return new PodBuilder(NodeBed.shell(name, "exec 9</map/key; while :; do sleep 0.05; done"))
                .editMetadata()
                .addToLabels("colour", "green")
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("map")
                .withNewConfigMap()
                .withName("map")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName("secret")
                .endSecret()
                .endVolume()
                .addNewVolume()
                .withName("pod")
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("deep/colour")
                .withNewFieldRef()
                .withFieldPath("metadata.labels['colour']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .endVolume()
                .addNewVolume()
                .withName("all")
                .withNewProjected()
                .addNewSource()
                .withNewConfigMap()
                .withName("map")
                .endConfigMap()
                .endSource()
                .endProjected()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("map")
                .withMountPath("/map")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("map")
                .withMountPath("/part")
                .withSubPath("key")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("secret")
                .withMountPath("/secret")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("pod")
                .withMountPath("/pod")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("all")
                .withMountPath("/all")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    private Pod started(String name) {
        Pod pod = pod(name);
        bed.node.podChanged(pod);
        return new PodBuilder(pod).withStatus(bed.awaitRunning(pod)).build();
    }

    private String beside(Pod pod, String script) {
        try (Execution run = bed.node.execute(ObjectRef.of(Kinds.POD, pod), "main", List.of("sh", "-c", script))) {
            return new String(run.output().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void changed(Kind kind, String name) {
        bed.node.configChanged(new ObjectKey(kind, "default", name));
    }

    private void awaitRead(Pod pod, String script, String expected) {
        await().atMost(NodeBed.PATIENCE).until(() -> beside(pod, script).equals(expected));
    }

    @Test
    void aChangedConfigMapIsSeenButByASubPath() {
        Pod pod = started("map");
        assertThat(beside(pod, "cat /map/key /part /all/key; ls /map")).isEqualTo("oneoneonekey\n");
        bed.configMaps.put(
                "map",
                new ConfigMapBuilder()
                        .withData(Map.of("key", "two", "more", "x"))
                        .build());
        changed(Kinds.CONFIG_MAP, "map");
        awaitRead(pod, "cat /map/key /part /all/key; ls /map", "twoonetwokey\nmore\n");
        bed.configMaps.put("map", map("three"));
        changed(Kinds.CONFIG_MAP, "map");
        awaitRead(pod, "cat /map/key; ls -A /map | wc -l", "three3\n");
        assertThat(bed.reasons()).doesNotContain("FailedMount");
    }

    @Test
    void aChangedSecretIsSeen() {
        Pod pod = started("secret");
        bed.secrets.put("secret", new SecretBuilder().addToData("key", "bmV3").build());
        changed(Kinds.SECRET, "secret");
        awaitRead(pod, "cat /secret/key", "new");
    }

    @Test
    void changedLabelsOfThePodAreSeen() {
        Pod pod = started("labels");
        assertThat(beside(pod, "cat /pod/deep/colour")).isEqualTo("green");
        bed.node.podChanged(new PodBuilder(pod)
                .editMetadata()
                .addToLabels("colour", "blue")
                .endMetadata()
                .build());
        awaitRead(pod, "cat /pod/deep/colour", "blue");
    }

    @Test
    void whatWasThereStaysWhenTheObjectGoesAndTheEventSaysSo() {
        Pod pod = started("gone");
        bed.configMaps.remove("map");
        changed(Kinds.CONFIG_MAP, "map");
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reasons().contains("FailedMount"));
        assertThat(beside(pod, "cat /map/key")).isEqualTo("one");
    }

    @Test
    void aTokenIsRenewedBeforeItEnds() {
        bed.credentials = new Tokens();
        Pod pod = new PodBuilder(pod("token"))
                .editSpec()
                .addNewVolume()
                .withName("token")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withPath("token")
                .withExpirationSeconds(2L)
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("token")
                .withMountPath("/token")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        String first = beside(pod, "cat /token/token");
        assertThat(first).startsWith("token ");
        await().atMost(NodeBed.PATIENCE)
                .until(() -> !beside(pod, "cat /token/token").equals(first));
    }

    /// A new one each time.
    private static final class Tokens implements PodCredentials {
        private final AtomicInteger given = new AtomicInteger();

        @Override
        public Optional<String> token(Pod pod, String audience, Duration life) {
            return Optional.of("token " + given.incrementAndGet());
        }
    }

    @Test
    void whatChangedWhileTheNodeWasAwayIsSeen() throws InterruptedException {
        Pod pod = started("away");
        bed.node.close(true);
        bed.configMaps.put("map", map("meanwhile"));
        bed.replaceNode();
        bed.node.podChanged(pod);
        awaitRead(pod, "cat /map/key", "meanwhile");
    }
}
