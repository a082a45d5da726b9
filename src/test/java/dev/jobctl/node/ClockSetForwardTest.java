package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock is set forward by an hour, or the machine has slept, while a pod waits for seconds.
final class ClockSetForwardTest {
    private static final Duration FORWARD = Duration.ofHours(1);

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

    /// Whatever changes of a pod that ends, its deletion is heard with it.
    @Test
    void whatEndsIsNotHurriedByAChangeOfItsPod() throws IOException {
        Path go = home.resolve("go");
        String script = "trap 'echo term; until [ -e %s ]; do sleep 0.01; done; exit 7' TERM; ".formatted(go)
                + "echo up; while :; do sleep 0.01; done";
        Pod pod = NodeBed.shell("ends", script);
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).equals("up\n"));
        Pod deleted = NodeBed.deleted(pod, 30);
        bed.node.podChanged(deleted);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).endsWith("term\n"));
        bed.time.set(FORWARD);
        bed.node.podChanged(new PodBuilder(deleted)
                .editMetadata()
                .withGeneration(2L)
                .endMetadata()
                .build());
        bed.awaitStatus(pod, status -> Objects.equals(status.getObservedGeneration(), 2L));
        Files.createFile(go);
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getExitCode())
                .isEqualTo(7);
    }

    @Test
    void whatOnlyPretendsLastsAsLongAsItWasTo() {
        Pod pod = new PodBuilder(NodeBed.shell("pretends", "true"))
                .editMetadata()
                .addToAnnotations("jobctl.dev/runtime", "simulated")
                .addToAnnotations("jobctl.dev/simulate", "duration=3s")
                .endMetadata()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.time.set(FORWARD);
        bed.node.wake();
        ContainerStateTerminated end =
                NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated();
        // Whole seconds: each of them may be cut by one.
        assertThat(Duration.between(Instant.parse(end.getStartedAt()), Instant.parse(end.getFinishedAt())))
                .isGreaterThanOrEqualTo(FORWARD.plusSeconds(2));
    }
}
