package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock is set back by an hour while a pod waits for seconds.
final class ClockSetBackTest {
    private static final Duration BACK = Duration.ofHours(-1);

    @TempDir
    Path home;

    private NodeBed bed;

    @BeforeEach
    void open() {
        bed = new NodeBed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    @Test
    void whatCouldNotStartIsTriedAgain() {
        Pod pod = new PodBuilder(NodeBed.shell("retried", "echo $KEY"))
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("KEY")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("key", "map", false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        bed.awaitStatus(
                pod,
                s -> "CreateContainerConfigError"
                        .equals(NodeBed.main(s).getState().getWaiting().getReason()));
        bed.time.set(BACK);
        bed.configMaps.put(
                "map", new ConfigMapBuilder().addToData("key", "found").build());
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void whatDoesNotEndIsKilled() {
        Pod pod = NodeBed.shell("killed", "trap 'echo term' TERM; echo up; while :; do sleep 0.01; done");
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() ->
                        bed.reports.of("killed").size() == 1 && bed.log(pod).equals("up\n"));
        bed.node.podChanged(NodeBed.deleted(pod, 2));
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).endsWith("term\n"));
        bed.time.set(BACK);
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getExitCode())
                .isEqualTo(137);
    }

    @Test
    void whatOnlyPretendsEndsInTime() {
        Pod pod = new PodBuilder(NodeBed.shell("pretends", "true"))
                .editMetadata()
                .addToAnnotations("jobctl.dev/runtime", "simulated")
                .addToAnnotations("jobctl.dev/simulate", "duration=2s")
                .endMetadata()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.time.set(BACK);
        PodStatus end = bed.awaitEnd(pod);
        assertThat(end.getPhase()).isEqualTo("Succeeded");
        assertThat(Instant.parse(NodeBed.main(end).getState().getTerminated().getFinishedAt()))
                .isBefore(bed.time.now());
    }
}
