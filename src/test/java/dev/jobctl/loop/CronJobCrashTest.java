package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.simulate.CrashingStore;
import dev.jobctl.store.MemoryStore;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The control plane dies at every commit of four hours of a CronJob's life, before and after it is durable, and is
/// back
/// at once: every run happens exactly once, and the status says so.
class CronJobCrashTest {
    private static final Duration WHILE = Duration.ofHours(4).plusMinutes(30);

    private static CronJob hourly() {
        return new CronJobBuilder()
                .withNewMetadata()
                .withName("cj")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withSchedule("@hourly")
                .withSuccessfulJobsHistoryLimit(1)
                .withNewJobTemplate()
                .withSpec(VirtualPlane.job("x").buildSpec())
                .endJobTemplate()
                .endSpec()
                .build();
    }

    @Test
    void aCrashAtAnyCommitSkipsAndDoublesNoRun() {
        int n = 1;
        while (crashedAt(n, false)) {
            assertThat(crashedAt(n, true)).isTrue();
            n++;
        }
        assertThat(n).as("commits of an undisturbed life").isGreaterThan(12);
    }

    /// Whether it lived long enough for an n-th commit.
    private static boolean crashedAt(int n, boolean afterItIsDurable) {
        VirtualPlane plane = new VirtualPlane(new MemoryStore<ObjectVersion>(), LoopOptions.standard(), n);
        plane.node().plan(pod -> new SimulatedNode.Plan(Duration.ofMinutes(5), 0));
        plane.store().crashAt(n, afterItIsDurable);
        boolean crashed = false;
        try {
            plane.create(Kinds.CRON_JOB, hourly());
            plane.pass(WHILE);
        } catch (CrashingStore.Crash e) {
            crashed = true;
            plane.recover();
            if (plane.find(Kinds.CRON_JOB, "cj") == null) {
                plane.create(Kinds.CRON_JOB, hourly()); // its caller never heard that it was stored
            }
            plane.pass(Duration.between(plane.now(), VirtualPlane.START.plus(WHILE)));
        }
        String at = "n=" + n + " " + afterItIsDurable;
        CronJob cronJob = (CronJob) plane.version(Kinds.CRON_JOB, "cj").object();
        assertThat(plane.node().everStarted()).as(at).isEqualTo(4);
        assertThat(cronJob.getStatus().getActive()).as(at).isEmpty();
        assertThat(cronJob.getStatus().getLastScheduleTime()).as(at).isEqualTo("2026-01-01T04:00:00Z");
        assertThat(cronJob.getStatus().getLastSuccessfulTime()).as(at).isEqualTo("2026-01-01T04:05:00Z");
        assertThat(plane.store().current().prefixed(Kinds.JOB.keyPrefix()))
                .as(at)
                .hasSize(1);
        return crashed;
    }
}
