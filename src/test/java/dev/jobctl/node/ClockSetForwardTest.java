package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
