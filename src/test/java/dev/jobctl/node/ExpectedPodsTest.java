package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.volume.HostPaths;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pods that are made ready while their objects are being stored.
final class ExpectedPodsTest extends SandboxedNode {
    private Pod expected(String name, String script) {
        Pod pod = NodeBed.shell(name, script);
        bed.node.podExpected(pod);
        Path furnished = bed.directory(pod).resolve("main/0.termination");
        await().atMost(NodeBed.PATIENCE).until(() -> Files.exists(furnished));
        return pod;
    }

    /// Of supervisors that have an attempt, or wait with one.
    private long supervisors() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            return children.flatMap(child -> child.info().commandLine().stream())
                    .filter(line -> line.contains("jobctl"))
                    .count();
        }
    }

    @Test
    void aPodThatIsStoredBeginsOnce() throws IOException {
        Pod pod = expected("stored", "echo once");
        assertThat(bed.reports.of("stored")).isEmpty();
        Path log = bed.directory(pod).resolve("main/0.log");
        assertThat(!Files.exists(log) || Files.size(log) == 0).isTrue();
        assertThat(bed.directory(pod).resolve("main/0.run")).doesNotExist();
        assertThat(bed.node.activePods()).isZero();
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("once\n");
        assertThat(bed.reasons()).filteredOn("Started"::equals).hasSize(1);
    }

    @Test
    void aPodThatIsNotStoredLeavesNothing() {
        long before = supervisors();
        Pod pod = expected("dropped", "echo never");
        bed.node.podsDropped();
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(bed.directory(pod)));
        await().atMost(NodeBed.PATIENCE).until(() -> supervisors() <= before + 2); // spares
        assertThat(bed.reports.of("dropped")).isEmpty();
        assertThat(bed.reports.events).isEmpty();
        assertThat(bed.node.activePods()).isZero();
    }

    @Test
    void aPodOfTheSameNameBeginsAfterOneThatWasDropped() {
        Pod pod = expected("again", "echo again");
        bed.node.podsDropped();
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(bed.directory(pod)));
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("again\n");
    }

    @Test
    void aNodeThatClosesDropsThem() throws Exception {
        Pod pod = expected("closing", "echo never");
        bed.node.close(true);
        assertThat(bed.directory(pod)).doesNotExist();
        bed.replaceNode();
        assertThat(bed.reports.of("closing")).isEmpty();
    }

    @Test
    void aPodThatMakesWhatOthersSeeWaits() throws Exception {
        Path seen = home.resolve("seen");
        Pod pod = new PodBuilder(NodeBed.shell("sharing", "echo here"))
                .editMetadata()
                .addToAnnotations(HostPaths.WRITABLE, seen.toString())
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("v")
                .withNewHostPath(seen.toString(), "DirectoryOrCreate")
                .endVolume()
                .endSpec()
                .build();
        bed.node.podExpected(pod);
        bed.node.podsDropped();
        bed.node.close(true);
        assertThat(seen).doesNotExist();
        assertThat(bed.directory(pod)).doesNotExist();
        bed.replaceNode();
    }

    @Test
    void aPodThatEndsWhileItIsBoundIsNotExpected() {
        Pod pod = new PodBuilder(NodeBed.shell("over", "echo never"))
                .withNewStatus()
                .withPhase("Failed")
                .endStatus()
                .build();
        bed.node.podExpected(pod);
        bed.node.podChanged(pod);
        assertThat(bed.directory(pod)).doesNotExist();
    }

    @Test
    void whatIsMissingIsLookedForAgainOnceThePodIsStored() {
        Pod pod = new PodBuilder(NodeBed.shell("late", "echo $word"))
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("word")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("word", "map", false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podExpected(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> Files.exists(bed.directory(pod)));
        bed.configMaps.put(
                "map", new ConfigMapBuilder().addToData("word", "here").build());
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("here\n");
        assertThat(bed.reports.of("late"))
                .flatExtracting(PodStatus::getContainerStatuses)
                .noneMatch(status -> status.getState().getWaiting() != null
                        && List.of("CreateContainerConfigError")
                                .contains(status.getState().getWaiting().getReason()));
    }
}
