package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.runtime.ContainerEnd;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The states of pods and containers that the rules of Jobs look at, from the container's end to the Job's status: pod
/// life, loop and controllers together.
class PodStatesTest {
    private final VirtualPlane plane = new VirtualPlane();

    @BeforeEach
    void podsLiveTheirOwnLife() {
        plane.node().silence("local");
    }

    private LivingPod begin(JobBuilder job) {
        plane.create(job.build());
        return LivingPod.begin(plane, plane.active().getFirst());
    }

    private static JobBuilder job() {
        return VirtualPlane.job("j").editSpec().withBackoffLimit(0).endSpec();
    }

    private static JobBuilder with(JobBuilder job, String initContainer, boolean sidecar) {
        ContainerBuilder container =
                new ContainerBuilder().withName(initContainer).withImage("x");
        if (sidecar) {
            container.withRestartPolicy("Always");
        }
        return job.editSpec()
                .editTemplate()
                .editSpec()
                .addToInitContainers(container.build())
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    private static JobBuilder onFailure(int backoffLimit) {
        return VirtualPlane.job("j")
                .editSpec()
                .withBackoffLimit(backoffLimit)
                .editTemplate()
                .editSpec()
                .withRestartPolicy("OnFailure")
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    private JobStatus status() {
        return plane.stored("j").getStatus();
    }

    private String lastCondition() {
        return plane.conditions("j").getLast();
    }

    @Test
    void aPodIsReadyOnceItsContainersRun() {
        plane.create(job().build());
        assertThat(status().getActive()).isEqualTo(1);
        assertThat(status().getReady()).isEqualTo(0);

        LivingPod pod = LivingPod.begin(plane, plane.active().getFirst());
        assertThat(status().getReady()).isEqualTo(1);

        pod.exits("main", 0);
        assertThat(status().getReady()).isEqualTo(0);
        assertThat(lastCondition()).isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void initContainersComeFirstAndCountAsNotReady() {
        LivingPod pod = begin(with(job(), "setup", false));
        assertThat(pod.state("setup")).isEqualTo("running");
        assertThat(pod.state("main")).isEqualTo("PodInitializing");
        assertThat(pod.stored().getStatus().getPhase()).isEqualTo("Pending");
        assertThat(status().getReady()).isEqualTo(0);

        pod.exits("setup", 0);
        assertThat(pod.state("main")).isEqualTo("running");
        assertThat(status().getReady()).isEqualTo(1);
        pod.exits("main", 0);
        assertThat(status().getSucceeded()).isEqualTo(1);
    }

    @Test
    void anInitContainerThatFailsFailsThePodAndTheJob() {
        LivingPod pod = begin(with(job(), "setup", false));
        pod.exits("setup", 3);

        assertThat(pod.stored().getStatus().getPhase()).isEqualTo("Failed");
        assertThat(lastCondition()).isEqualTo("Failed=True(BackoffLimitExceeded)");
    }

    @Test
    void theExitCodeOfAnInitContainerCountsForThePolicy() {
        LivingPod pod = begin(with(VirtualPlane.job("j"), "setup", false)
                .editSpec()
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName("setup")
                .withOperator("In")
                .withValues(3)
                .endOnExitCodes()
                .endRule()
                .endPodFailurePolicy()
                .endSpec());
        pod.exits("setup", 3);

        assertThat(lastCondition()).isEqualTo("Failed=True(PodFailurePolicy)");
    }

    @Test
    void aSidecarNeverHoldsAJobOpenAndItsEndDoesNotCount() {
        LivingPod pod = begin(with(job(), "proxy", true));
        assertThat(pod.state("proxy")).isEqualTo("running");
        assertThat(pod.state("main")).isEqualTo("running");
        assertThat(status().getReady()).isEqualTo(1);

        pod.exits("main", 0);

        assertThat(pod.state("proxy")).isEqualTo("terminated 143 Error");
        assertThat(pod.stored().getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(lastCondition()).isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void aSidecarThatEndsIsStartedAgainAndIsNoFailureOfThePod() {
        LivingPod pod = begin(with(job(), "proxy", true));
        pod.exits("proxy", 1);
        assertThat(pod.state("proxy")).as("the first restart is immediate").isEqualTo("running");
        pod.exits("proxy", 1);
        assertThat(pod.state("proxy")).isEqualTo("CrashLoopBackOff");
        assertThat(status().getReady()).as("it counts for readiness").isEqualTo(0);
        assertThat(status().getActive()).isEqualTo(1);

        pod.exits("main", 0);
        assertThat(lastCondition()).isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void theKernelsKillForMemoryIsSeenInThePodAndByThePolicy() {
        LivingPod pod = begin(VirtualPlane.job("j")
                .editSpec()
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withOperator("In")
                .withValues(137)
                .endOnExitCodes()
                .endRule()
                .endPodFailurePolicy()
                .endSpec());
        pod.ends("main", new ContainerEnd(137, "OOMKilled", "", plane.now(), plane.now()));

        assertThat(pod.state("main")).isEqualTo("terminated 137 OOMKilled");
        assertThat(lastCondition()).isEqualTo("Failed=True(PodFailurePolicy)");
        assertThat(status().getConditions().getLast().getMessage()).contains("exit code 137");
    }

    @Test
    void theTerminationMessageStandsInThePod() {
        LivingPod pod = begin(job());
        pod.ends("main", ContainerEnd.exited(1, "no licence", plane.now(), plane.now()));

        assertThat(pod.stored()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getMessage())
                .isEqualTo("no licence");
    }

    @Test
    void restartsInThePodBackOffAndCountAgainstTheLimit() {
        LivingPod pod = begin(onFailure(3));
        pod.exits("main", 1);
        assertThat(pod.state("main")).as("the first restart is immediate").isEqualTo("running");
        pod.exits("main", 1);
        assertThat(pod.state("main")).isEqualTo("CrashLoopBackOff");
        assertThat(pod.stored().getStatus().getPhase()).isEqualTo("Running");
        assertThat(status().getActive()).as("a pod that backs off is active").isEqualTo(1);
        assertThat(status().getReady()).isEqualTo(0);

        pod.after(Duration.ofSeconds(10));
        assertThat(pod.state("main")).isEqualTo("running");
        pod.exits("main", 1);
        pod.after(Duration.ofSeconds(19));
        assertThat(pod.state("main")).isEqualTo("CrashLoopBackOff");
        pod.after(Duration.ofSeconds(1));

        assertThat(plane.conditions("j")).contains("FailureTarget=True(BackoffLimitExceeded)");
        pod.follow();
        assertThat(lastCondition()).isEqualTo("Failed=True(BackoffLimitExceeded)");
    }

    @Test
    void aPodThatItsNodeTakesDownIsDisruptedAndForgiven() {
        LivingPod pod = begin(job().editSpec()
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .endSpec());
        Pod before = pod.stored();
        pod.shutdown();

        assertThat(pod.stored().getStatus().getPhase()).isEqualTo("Failed");
        assertThat(pod.stored().getStatus().getConditions())
                .filteredOn(each -> each.getType().equals("DisruptionTarget"))
                .extracting(PodCondition::getReason)
                .containsExactly("TerminationByKubelet");
        assertThat(status().getFailed()).isNull();
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active()).hasSize(1);
        assertThat(plane.active().getFirst().getMetadata().getName())
                .isNotEqualTo(before.getMetadata().getName());
    }

    @Test
    void aDeletedPodEndsBeforeItGoesAndWhatItReachedCounts() {
        LivingPod pod = begin(VirtualPlane.job("j"));
        plane.delete(
                dev.jobctl.resource.value.Kinds.POD, pod.stored().getMetadata().getName(), null);
        assertThat(status().getTerminating()).isEqualTo(1);
        assertThat(status().getFailed()).as("counted while it still ends").isEqualTo(1);
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active()).as("and replaced").hasSize(1);

        pod.follow();
        assertThat(status().getTerminating()).isEqualTo(0);
        assertThat(status().getFailed()).isEqualTo(1);
    }
}
