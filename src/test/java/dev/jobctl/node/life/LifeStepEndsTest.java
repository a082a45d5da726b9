package dev.jobctl.node.life;

import static dev.jobctl.node.life.RestartPolicy.Never;
import static dev.jobctl.node.life.RestartPolicy.OnFailure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a pod's end makes of containers that have not run, or have hooks.
final class LifeStepEndsTest {
    @Test
    void aContainerThatNeverRanIsNotSaidToWaitInAPodThatHasEnded() {
        LifeBed pod = LifeBed.of(OnFailure, "app:x");
        pod.wake();
        pod.delayed("x", "CreateContainerConfigError");
        pod.deleted(30);
        assertThat(pod.status()).isEqualTo("Failed x=ContainerStatusUnknown:137#0");
        var end = pod.full().getContainerStatuses().getFirst().getState().getTerminated();
        assertThat(end.getMessage()).isEqualTo("The container could not be located when the pod was terminated");
        assertThat(end.getStartedAt()).isNull();
        assertThat(end.getFinishedAt()).isNull();
    }

    @Test
    void aDeadlineThatPassesBeforeTheContainersRanEndsThemToo() {
        LifeBed pod = new LifeBed(Never, Duration.ofSeconds(5), "app:x", "app:y");
        pod.run("x");
        pod.delayed("y", "CreateContainerConfigError");
        pod.after(5).wake();
        pod.exits("x", 143);
        assertThat(pod.status()).isEqualTo("Failed(DeadlineExceeded) x=Error:143#0 y=ContainerStatusUnknown:137#0");
    }

    @Test
    void whatAnInitContainerKeptBackStillWaitsWhenThePodEnds() {
        LifeBed first = LifeBed.of(Never, "init:a", "init:b", "app:x");
        first.wake();
        first.delayed("a", "CreateContainerConfigError");
        first.deleted(30);
        assertThat(first.status())
                .isEqualTo("Failed a=ContainerStatusUnknown:137#0 b=PodInitializing#0 x=PodInitializing#0");
        LifeBed second = LifeBed.of(Never, "init:a", "init:b", "app:x");
        second.run("a");
        second.exits("a", 0);
        second.delayed("b", "CreateContainerConfigError");
        second.deleted(30);
        assertThat(second.status())
                .isEqualTo("Failed a=Completed:0#0! b=CreateContainerConfigError#0 x=PodInitializing#0");
    }
}
