package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.simulate.CrashingStore;
import dev.jobctl.store.MemoryStore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The control plane dies at every commit of a Job's life, before and after it is durable: the Job ends the same way,
/// every completion is counted exactly once, and no process is started twice for one pod.
class CrashTest {
    private static Job work() {
        return VirtualPlane.job("ix")
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(3)
                .withParallelism(2)
                .withBackoffLimit(3)
                .endSpec()
                .build();
    }

    /// Index 1 fails once.
    private static SimulatedNode.Plan plan(Pod pod) {
        boolean first = pod.getMetadata().getCreationTimestamp().equals("2026-01-01T00:00:00Z");
        boolean fails = first && pod.getMetadata().getLabels().containsValue("1");
        return new SimulatedNode.Plan(Duration.ofSeconds(2), fails ? 1 : 0);
    }

    @Test
    void aCrashAtAnyCommitLosesAndDoublesNothing() {
        int n = 1;
        while (crashedAt(n, false)) {
            assertThat(crashedAt(n, true)).isTrue();
            n++;
        }
        assertThat(n).as("commits of an undisturbed life").isGreaterThan(5);
    }

    /// Whether the Job lived long enough for an n-th commit.
    private static boolean crashedAt(int n, boolean afterItIsDurable) {
        VirtualPlane plane = new VirtualPlane(new MemoryStore<ObjectVersion>(), LoopOptions.standard(), n);
        plane.node().plan(CrashTest::plan);
        plane.store().crashAt(n, afterItIsDurable);
        boolean crashed = false;
        try {
            plane.create(work());
            plane.pass(Duration.ofMinutes(10));
        } catch (CrashingStore.Crash e) {
            crashed = true;
            plane.recover();
            if (plane.find(Kinds.JOB, "ix") == null) {
                plane.create(work()); // its caller never heard that it was stored
            }
            plane.pass(Duration.ofMinutes(10));
        }
        Job job = plane.stored("ix");
        assertThat(job.getStatus().getSucceeded())
                .as("n=%s %s", n, afterItIsDurable)
                .isEqualTo(3);
        assertThat(job.getStatus().getFailed())
                .as("n=%s %s", n, afterItIsDurable)
                .isEqualTo(1);
        assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(plane.conditions("ix")).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(plane.node().everStarted())
                .as("n=%s %s", n, afterItIsDurable)
                .isEqualTo(4);
        assertThat(plane.pods())
                .allSatisfy(pod -> assertThat(pod.getMetadata().getFinalizers()).isEmpty());
        return crashed;
    }

    @Test
    void aRestartDoesNotShortenTheBackoff() {
        VirtualPlane plane = new VirtualPlane();
        plane.create(VirtualPlane.job("pi").build());
        plane.ends(plane.active().getFirst(), 1);
        plane.pass(Duration.ofSeconds(10));
        plane.ends(plane.active().getFirst(), 1);
        plane.pass(Duration.ofSeconds(15));

        plane.recover();

        assertThat(plane.active()).isEmpty();
        plane.pass(Duration.ofSeconds(4));
        assertThat(plane.active()).isEmpty();
        plane.pass(Duration.ofSeconds(1));
        assertThat(plane.active()).hasSize(1);
    }
}
