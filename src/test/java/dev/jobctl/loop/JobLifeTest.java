package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The main rules of Jobs, through loop, controllers, scheduler and a simulated node together.
class JobLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    @Test
    void oneSuccessCompletesTheJob() {
        plane.create(VirtualPlane.job("pi").build());

        assertThat(plane.active()).hasSize(1);
        Pod pod = plane.pods().getFirst();
        assertThat(pod.getSpec().getNodeName()).isEqualTo("local");
        assertThat(pod.getMetadata().getName()).matches("pi-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(plane.stored("pi").getStatus().getReady()).isEqualTo(1);

        plane.pass(Duration.ofSeconds(5));
        plane.ends(pod, 0);

        JobStatus status = plane.stored("pi").getStatus();
        assertThat(status.getSucceeded()).isEqualTo(1);
        assertThat(status.getActive()).isNull();
        assertThat(status.getCompletionTime()).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(plane.conditions("pi"))
                .containsExactly("SuccessCriteriaMet=True(CompletionsReached)", "Complete=True(CompletionsReached)");
        assertThat(plane.pods().getFirst().getMetadata().getFinalizers()).isEmpty();
        assertThat(plane.events("pi"))
                .containsExactly(
                        "SuccessfulCreate: Created pod: " + pod.getMetadata().getName() + " x1",
                        "Completed: Job completed x1");
        assertThat(plane.events(pod.getMetadata().getName()))
                .containsExactly("Scheduled: Successfully assigned default/"
                        + pod.getMetadata().getName() + " to local x1");
    }

    @Test
    void failedPodsAreReplacedAfterTenTwentyAndFortySecondsUntilTheLimit() {
        plane.create(
                VirtualPlane.job("pi").editSpec().withBackoffLimit(3).endSpec().build());

        for (int wait : List.of(10, 20, 40)) {
            plane.ends(plane.active().getFirst(), 1);
            assertThat(plane.active()).isEmpty();
            plane.pass(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(plane.active()).as("before %s s", wait).isEmpty();
            plane.pass(Duration.ofMillis(1));
            assertThat(plane.active()).as("after %s s", wait).hasSize(1);
        }
        plane.ends(plane.active().getFirst(), 1);

        assertThat(plane.conditions("pi"))
                .containsExactly("FailureTarget=True(BackoffLimitExceeded)", "Failed=True(BackoffLimitExceeded)");
        assertThat(plane.stored("pi").getStatus().getFailed()).isEqualTo(4);
        assertThat(plane.find(HiddenKinds.JOB_MEMORY, "pi"))
                .as("memory of a finished Job")
                .isNull();
    }

    @Test
    void aSuspendedJobHasNoPodsAndGoesOnWhenResumed() {
        plane.create(VirtualPlane.job("pi").build());
        plane.pass(Duration.ofSeconds(3));

        plane.change("pi", job -> job.getSpec().setSuspend(true));
        assertThat(plane.pods()).isEmpty();
        assertThat(plane.conditions("pi")).containsExactly("Suspended=True(JobSuspended)");
        assertThat(plane.stored("pi").getStatus().getFailed()).isNull();

        plane.change("pi", job -> job.getSpec().setSuspend(false));
        assertThat(plane.active()).hasSize(1);
        assertThat(plane.conditions("pi")).containsExactly("Suspended=False(JobResumed)");
        assertThat(plane.stored("pi").getStatus().getStartTime()).isEqualTo("2026-01-01T00:00:03Z");

        plane.ends(plane.active().getFirst(), 0);
        assertThat(plane.conditions("pi")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    /// Found by PodSeriesTest: a base was taken from a name that had none.
    @Test
    void indexesOfAJobOfOneLetterGoOnWhenTheirQuotaHasRoom() {
        plane.create(
                Kinds.RESOURCE_QUOTA,
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("one")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("1"))
                        .endSpec()
                        .build());
        plane.create(VirtualPlane.job("a")
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(2)
                .withParallelism(2)
                .endSpec()
                .build());
        plane.ends(plane.active().getFirst(), 0);

        Pod next = plane.active().getFirst();
        assertThat(next.getMetadata().getGenerateName()).isEqualTo("a-1-");
    }

    /// Found by reading: it was looked at no more once it was counted.
    @Test
    void aCountedPodThatLosesItsLabelsIsReleased() {
        plane.create(VirtualPlane.job("pi")
                .editSpec()
                .withCompletions(2)
                .withParallelism(1)
                .endSpec()
                .build());
        Pod counted = plane.active().getFirst();
        plane.ends(counted, 0);
        ObjectVersion stored = plane.version(Kinds.POD, counted.getMetadata().getName());
        Pod other = Json.copy((Pod) stored.object());
        other.getMetadata().setLabels(Map.of("app", "other"));
        plane.submit(new Write.Update(stored.key(), stored.revision(), other));

        Pod released =
                (Pod) plane.version(Kinds.POD, counted.getMetadata().getName()).object();
        assertThat(released.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(plane.stored("pi").getStatus().getSucceeded()).isEqualTo(1);
    }

    @Test
    void anIndexedJobRunsEachIndexOnce() {
        plane.node().plan(pod -> new SimulatedNode.Plan(Duration.ofSeconds(2), 0));
        plane.create(VirtualPlane.job("ix")
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(5)
                .withParallelism(2)
                .endSpec()
                .build());
        assertThat(plane.active()).hasSize(2);
        assertThat(plane.active().getFirst().getSpec().getHostname()).isEqualTo("ix-0");

        plane.pass(Duration.ofSeconds(6));

        assertThat(plane.stored("ix").getStatus().getCompletedIndexes()).isEqualTo("0-4");
        assertThat(plane.pods()).hasSize(5);
        assertThat(plane.node().everStarted()).isEqualTo(5);
        assertThat(plane.conditions("ix")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void theDeadlineEndsTheJobAndItsPods() {
        plane.create(VirtualPlane.job("slow")
                .editSpec()
                .withActiveDeadlineSeconds(30L)
                .endSpec()
                .build());

        plane.pass(Duration.ofSeconds(29));
        assertThat(plane.active()).hasSize(1);
        plane.pass(Duration.ofSeconds(1));

        assertThat(plane.active()).isEmpty();
        assertThat(plane.conditions("slow"))
                .containsExactly("FailureTarget=True(DeadlineExceeded)", "Failed=True(DeadlineExceeded)");
    }

    @Test
    void deletingInTheBackgroundTakesThePodsToo() {
        plane.create(
                VirtualPlane.job("pi").editSpec().withParallelism(3).endSpec().build());

        assertThat(plane.delete(Kinds.JOB, "pi", Propagation.Background)).isInstanceOf(Outcome.Removed.class);

        assertThat(plane.find(Kinds.JOB, "pi")).isNull();
        assertThat(plane.pods()).isEmpty();
    }

    @Test
    void deletingInTheForegroundTakesThePodsFirst() {
        plane.create(
                VirtualPlane.job("pi").editSpec().withParallelism(3).endSpec().build());

        assertThat(plane.delete(Kinds.JOB, "pi", Propagation.Foreground)).isInstanceOf(Outcome.Stored.class);

        assertThat(plane.find(Kinds.JOB, "pi")).isNull();
        assertThat(plane.pods()).isEmpty();
    }

    @Test
    void deletingWithoutAPolicyLeavesThePodsAlone() {
        plane.create(VirtualPlane.job("pi").build());

        plane.delete(Kinds.JOB, "pi", null);

        assertThat(plane.find(Kinds.JOB, "pi")).isNull();
        assertThat(plane.active()).hasSize(1);
        assertThat(plane.active().getFirst().getMetadata().getOwnerReferences()).isEmpty();
        assertThat(plane.active().getFirst().getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void aDeletedNamespaceTakesEverythingWithIt() {
        plane.create(
                VirtualPlane.job("pi").editSpec().withParallelism(2).endSpec().build());

        plane.delete(Kinds.NAMESPACE, "default", null);

        assertThat(plane.find(Kinds.NAMESPACE, "default")).isNull();
        assertThat(plane.store().current().size()).as("only the node is left").isEqualTo(1);
    }

    @Test
    void aJobGoesWhenItsTimeToLiveIsOver() {
        plane.create(VirtualPlane.job("pi")
                .editSpec()
                .withTtlSecondsAfterFinished(100)
                .endSpec()
                .build());
        plane.ends(plane.active().getFirst(), 0);

        plane.pass(Duration.ofSeconds(99));
        assertThat(plane.find(Kinds.JOB, "pi")).isNotNull();
        plane.pass(Duration.ofSeconds(1));
        assertThat(plane.find(Kinds.JOB, "pi")).isNull();
        assertThat(plane.pods()).isEmpty();
    }
}
