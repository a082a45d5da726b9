package dev.jobctl.node.life;

import static dev.jobctl.node.life.RestartPolicy.Never;
import static dev.jobctl.node.life.RestartPolicy.OnFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How containers are ended, by their pod, a probe or a hook, and what that makes of those that have not run.
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

    @ParameterizedTest
    @CsvSource({"1, 4", "3, 2", "4, 2"})
    void aProgramHasTheRestOfTheGraceAfterItsPreStopHookAndAtLeastTwoSeconds(int hook, long rest) {
        LifeBed pod = LifeBed.of(Never, "app+preStop:x");
        pod.run("x");
        assertThat(pod.deleted(5)).isEqualTo("preStop x");
        assertThat(pod.events()).contains("Normal Killing Stopping container x spec.containers{x}");
        assertThat(pod.after(hook).preStopped("x")).isEqualTo("term x");
        assertThat(pod.sleeps()).isEqualTo(rest);
        assertThat(pod.wake()).isEqualTo("kill x");
    }

    @Test
    void aPreStopHookThatUsesUpTheGraceLeavesTwoSecondsToTheProgram() {
        LifeBed pod = LifeBed.of(Never, "app+preStop:x", "app:y");
        pod.wake();
        pod.started("x");
        pod.started("y");
        assertThat(pod.deleted(5)).isEqualTo("preStop x, term y");
        assertThat(pod.sleeps()).isEqualTo(5);
        assertThat(pod.wake()).isEqualTo("term x, kill y");
        assertThat(pod.preStopped("x")).isEmpty();
        assertThat(pod.sleeps()).isEqualTo(2);
        assertThat(pod.wake()).isEqualTo("kill x");
    }

    @Test
    void aDeletionWithoutGraceWaitsForNoHook() {
        LifeBed pod = LifeBed.of(Never, "app+preStop:x");
        pod.run("x");
        assertThat(pod.deleted(0)).isEqualTo("kill x");
        LifeBed hurried = LifeBed.of(Never, "app+preStop:x");
        hurried.run("x");
        hurried.deleted(30);
        assertThat(hurried.after(1).deleted(0)).isEqualTo("kill x");
        assertThat(hurried.events().stream().filter(e -> e.contains("Killing"))).hasSize(1);
    }

    @Test
    void anEvictionWaitsForNoHookAndNoGrace() {
        LifeBed pod = LifeBed.of(Never, "app+preStop:x", "app+preStop:y", "app:z");
        pod.wake();
        pod.started("x");
        pod.started("y");
        pod.started("z");
        pod.probed("x", ProbeKind.LIVENESS, false);
        pod.probed("y", ProbeKind.LIVENESS, false);
        pod.preStopped("y");
        assertThat(pod.evicted()).isEqualTo("kill x, kill y, kill z");
    }

    @Test
    void aProbeThatCouldNotBeAskedIsOnlyTold() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.run("x");
        assertThat(pod.probeErrored("x", 0)).isEmpty();
        assertThat(pod.events())
                .last()
                .asString()
                .contains("Liveness probe errored and resulted in unknown state: why");
        int told = pod.events().size();
        pod.probeErrored("x", 7);
        assertThat(pod.events()).hasSize(told);
    }

    @Test
    void aProbeThatSucceedsOtherwiseThanMeantIsOnlyTold() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.run("x");
        assertThat(pod.probeWarned("x", 0, ProbeKind.READINESS)).isEmpty();
        assertThat(pod.events())
                .last()
                .isEqualTo("Warning ProbeWarning Readiness probe warning: why spec.containers{x}");
        int told = pod.events().size();
        pod.probeWarned("x", 7, ProbeKind.READINESS);
        pod.deleted(30);
        pod.probeWarned("x", 0, ProbeKind.LIVENESS);
        assertThat(pod.events().subList(told, pod.events().size())).noneMatch(event -> event.contains("ProbeWarning"));
    }

    /// Bytes count, and every container of the pod, whether it says something or not.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        app:x                           | a | 4096 | 4096
        app:x,app:y,app:z               | a | 4096 | 4096
        init:a,app:x,app:y,app:z        | a | 4096 | 3072
        sidecar:a,app:x,app:y,app:z     | a | 3072 | 3072
        app:x,app:y,app:z,app:p,app:q   | ü | 1300 | 1228
        app:x,app:y,app:z,app:p,app:q   | ü | 1228 | 1228
        """)
    void theMessagesOfAPodShareTwelveKibibytes(String members, String letter, int said, int told) {
        LifeBed pod = LifeBed.of(OnFailure, members.split(","));
        if (members.contains(":a")) {
            pod.run("a");
        }
        if (members.contains("init:")) {
            pod.exits("a", 0);
        }
        pod.wake();
        pod.started("x");
        pod.exitsSaying("x", letter.repeat(said));
        pod.wake();
        ContainerStatus x = pod.full().getContainerStatuses().getFirst();
        assertThat(x.getLastState().getTerminated().getMessage())
                .startsWith(letter.repeat(told))
                .hasSizeLessThan(told + 2);
    }

    @Test
    void whatEndsIsNotAskedWhetherItLivesAnyMore() {
        LifeBed pod = LifeBed.of(Never, "sidecar:s", "app:x");
        pod.run("s");
        pod.started("x");
        pod.deleted(30);
        int told = pod.events().size();
        assertThat(pod.probed("s", ProbeKind.LIVENESS, false)).isEmpty();
        assertThat(pod.probed("s", ProbeKind.STARTUP, false)).isEmpty();
        assertThat(pod.events()).hasSize(told);
        pod.probed("s", ProbeKind.READINESS, false);
        assertThat(pod.status()).contains("s=running#0 ");
        assertThat(pod.exits("x", 143)).isEqualTo("term s");
    }

    @Test
    void preStopHooksOfSidecarsRunAtOnceAndOnlySigtermWaitsForItsTurn() {
        LifeBed pod = LifeBed.of(Never, "sidecar+preStop:s1", "sidecar+preStop:s2", "app+preStop:x");
        pod.run("s1");
        pod.started("s2");
        pod.started("x");
        assertThat(pod.deleted(30)).isEqualTo("preStop s1, preStop s2, preStop x");
        assertThat(pod.preStopped("s1")).isEmpty();
        assertThat(pod.preStopped("x")).isEqualTo("term x");
        assertThat(pod.exits("x", 143)).isEmpty();
        assertThat(pod.preStopped("s2")).isEqualTo("term s2");
        assertThat(pod.exits("s2", 143)).isEqualTo("term s1");
        pod.exits("s1", 143);
        assertThat(pod.status()).isEqualTo("Failed s1=Error:143#0 s2=Error:143#0 x=Error:143#0");
    }

    @Test
    void aSidecarWhoseTurnNeverComesGetsSigtermWhenTheGraceEnds() {
        LifeBed pod = LifeBed.of(Never, "sidecar+preStop:s", "app:x");
        pod.run("s");
        pod.started("x");
        assertThat(pod.deleted(5)).isEqualTo("preStop s, term x");
        pod.preStopped("s");
        assertThat(pod.sleeps()).isEqualTo(5);
        assertThat(pod.wake()).isEqualTo("term s, kill x");
        assertThat(pod.sleeps()).isEqualTo(2);
        assertThat(pod.wake()).isEqualTo("kill s");
    }

    @Test
    void whatAProbeStopsHasItsPreStopHookToo() {
        LifeBed pod = LifeBed.of(OnFailure, "app+preStop:x");
        pod.run("x");
        assertThat(pod.probed("x", ProbeKind.LIVENESS, false)).isEqualTo("preStop x");
        assertThat(pod.after(29).preStopped("x")).isEqualTo("term x");
        assertThat(pod.sleeps()).isEqualTo(2);
        assertThat(pod.wake()).isEqualTo("kill x");
        assertThat(pod.exits("x", 137)).isEqualTo("start x 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Never     | ''           | Container x failed liveness probe                    | Succeeded x=Completed:0#0
        OnFailure | start x 1    | Container x failed liveness probe, will be restarted | Running x=ContainerCreating#1
        Always    | start x 1    | Container x failed liveness probe, will be restarted | Running x=ContainerCreating#1
        """)
    void whatAProbeEndsStartsAgainWhateverItsCode(RestartPolicy policy, String effects, String event, String status) {
        LifeBed pod = LifeBed.of(policy, "app:x");
        pod.run("x");
        assertThat(pod.probed("x", ProbeKind.LIVENESS, false)).isEqualTo("term x");
        assertThat(pod.events()).contains("Normal Killing " + event + " spec.containers{x}");
        assertThat(pod.exits("x", 0)).isEqualTo(effects);
        assertThat(pod.status()).isEqualTo(status);
    }

    @Test
    void aSidecarThatAProbeEndsIsAnInitContainerInItsEvent() {
        LifeBed pod = LifeBed.of(Never, "sidecar:s", "app:x");
        pod.run("s");
        pod.started("x");
        pod.probed("s", ProbeKind.LIVENESS, false);
        assertThat(pod.exits("s", 0)).isEqualTo("start s 1");
        assertThat(pod.events())
                .contains("Normal Killing Init container s failed liveness probe spec.initContainers{s}");
    }

    @Test
    void whatAHookEndsGoesByItsCode() {
        LifeBed pod = LifeBed.of(OnFailure, "app:x");
        pod.run("x");
        assertThat(pod.hookFailed("x", LifeEvent.Hook.POST_START)).isEqualTo("term x");
        pod.exits("x", 0);
        assertThat(pod.status()).isEqualTo("Succeeded x=Completed:0#0");
    }
}
