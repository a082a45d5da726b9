package dev.jobctl.node.life;

import static dev.jobctl.node.life.RestartPolicy.Always;
import static dev.jobctl.node.life.RestartPolicy.Never;
import static dev.jobctl.node.life.RestartPolicy.OnFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LifeStepTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Never     | 0 | ''          | Succeeded main=Completed:0#0
        Never     | 3 | ''          | Failed main=Error:3#0
        OnFailure | 0 | ''          | Succeeded main=Completed:0#0
        OnFailure | 3 | start main 1 | Running main=ContainerCreating#1
        Always    | 0 | start main 1 | Running main=ContainerCreating#1
        Always    | 3 | start main 1 | Running main=ContainerCreating#1
        """)
    void thePolicyDecidesWhatFollowsAnExit(RestartPolicy policy, int code, String effects, String status) {
        LifeBed pod = LifeBed.of(policy, "app:main");
        assertThat(pod.run("main")).isEqualTo("start main 0; ");
        assertThat(pod.status()).isEqualTo("Running main=running#0!");
        assertThat(pod.after(1).exits("main", code)).isEqualTo(effects);
        assertThat(pod.status()).isEqualTo(status);
    }

    @Test
    void theFirstRestartIsImmediateThenTheDelayDoublesToFiveMinutes() {
        LifeBed pod = LifeBed.of(OnFailure, "app:main");
        pod.run("main");
        List<Long> delays = new ArrayList<>();
        for (int restart = 1; restart <= 8; restart++) {
            String effects = pod.after(1).exits("main", 1);
            delays.add(effects.isEmpty() ? pod.sleeps() : 0);
            pod.run("main");
            if (restart == 1) {
                pod.started("main");
            }
        }
        assertThat(delays).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
        assertThat(pod.status()).isEqualTo("Running main=running#8!");
    }

    @Test
    void aRunOfTenMinutesResetsTheDelay() {
        LifeBed pod = LifeBed.of(OnFailure, "app:main");
        pod.run("main");
        pod.after(1).exits("main", 1);
        pod.started("main");
        pod.after(1).exits("main", 1);
        assertThat(pod.sleeps()).isEqualTo(10);
        pod.run("main");
        assertThat(pod.after(Duration.ofMinutes(10)).exits("main", 1)).isEqualTo("start main 3");
    }

    @Test
    void backingOffIsSeenInStatusAndEvents() {
        LifeBed pod = LifeBed.of(OnFailure, "app:main");
        pod.run("main");
        pod.after(1).exits("main", 1);
        pod.started("main");
        pod.after(1).exits("main", 2);
        assertThat(pod.status()).isEqualTo("Running main=CrashLoopBackOff#1");
        var main = pod.full().getContainerStatuses().getFirst();
        assertThat(main.getState().getWaiting().getMessage())
                .isEqualTo("back-off 10s restarting failed container=main pod=pi-x_default(u1)");
        assertThat(main.getLastState().getTerminated().getExitCode()).isEqualTo(2);
        assertThat(main.getLastState().getTerminated().getContainerID()).isNotEmpty();
        assertThat(pod.condition("Ready")).isEqualTo("False ContainersNotReady containers with unready status: [main]");
        assertThat(pod.events())
                .containsExactly(
                        "Normal Started Started container main spec.containers{main}",
                        "Normal Started Started container main spec.containers{main}",
                        "Warning BackOff Back-off restarting failed container main in pod pi-x_default(u1) "
                                + "spec.containers{main}");
    }

    @Test
    void initContainersRunOneAfterAnotherThenTheAppsTogether() {
        LifeBed pod = LifeBed.of(Never, "init:a", "init:b", "app:x", "app:y");
        assertThat(pod.run("a")).isEqualTo("start a 0; ");
        assertThat(pod.status())
                .isEqualTo("Pending a=running#0 b=PodInitializing#0 x=PodInitializing#0 y=PodInitializing#0");
        assertThat(pod.condition("Initialized"))
                .isEqualTo("False ContainersNotInitialized containers with incomplete status: [a b]");
        assertThat(pod.exits("a", 0)).isEqualTo("start b 0");
        pod.started("b");
        assertThat(pod.exits("b", 0)).isEqualTo("start x 0, start y 0");
        pod.started("x");
        assertThat(pod.status()).startsWith("Pending");
        pod.started("y");
        assertThat(pod.status()).isEqualTo("Running a=Completed:0#0! b=Completed:0#0! x=running#0! y=running#0!");
        assertThat(pod.exits("x", 1)).isEmpty();
        assertThat(pod.status()).startsWith("Running").contains("x=Error:1#0");
        pod.exits("y", 0);
        assertThat(pod.status()).startsWith("Failed");
        assertThat(pod.condition("Ready")).isEqualTo("False PodFailed");
    }

    @Test
    void aFailedInitContainerFailsThePodOrIsTriedAgain() {
        LifeBed never = LifeBed.of(Never, "init:a", "app:x");
        never.run("a");
        assertThat(never.exits("a", 1)).isEmpty();
        assertThat(never.status()).isEqualTo("Failed a=Error:1#0 x=PodInitializing#0");
        assertThat(never.condition("Initialized"))
                .isEqualTo("False ContainersNotInitialized containers with incomplete status: [a]");
        LifeBed again = LifeBed.of(OnFailure, "init:a", "app:x");
        again.run("a");
        assertThat(again.after(1).exits("a", 1)).isEqualTo("start a 1");
        again.started("a");
        assertThat(again.after(1).exits("a", 1)).isEmpty();
        assertThat(again.status()).isEqualTo("Pending a=CrashLoopBackOff#1 x=PodInitializing#0");
        assertThat(again.sleeps()).isEqualTo(10);
        again.run("a");
        assertThat(again.exits("a", 0)).isEqualTo("start x 0");
    }

    @Test
    void anInitContainerThatSucceededIsNotRunAgainWhereAppsAlwaysAre() {
        LifeBed pod = LifeBed.of(Always, "init:a", "app:x");
        pod.run("a");
        assertThat(pod.after(1).exits("a", 1)).isEqualTo("start a 1");
        pod.started("a");
        assertThat(pod.after(1).exits("a", 0)).isEqualTo("start x 0");
        pod.started("x");
        assertThat(pod.wake()).isEmpty();
        assertThat(pod.after(1).exits("x", 0)).isEqualTo("start x 1");
        assertThat(pod.status()).isEqualTo("Running a=Completed:0#1! x=PodInitializing#1");
    }

    @Test
    void aSidecarThatEndsBeforeItHasStartedKeepsTheAppsBack() {
        LifeBed pod = LifeBed.of(Never, "sidecar+startup:s", "app:x");
        pod.run("s");
        assertThat(pod.after(1).exits("s", 1)).isEqualTo("start s 1");
        pod.started("s");
        assertThat(pod.condition("Initialized"))
                .isEqualTo("False ContainersNotInitialized containers with incomplete status: [s]");
        assertThat(pod.probed("s", ProbeKind.STARTUP, true)).isEqualTo("start x 0");
        assertThat(pod.condition("Initialized")).isEqualTo("True");
    }

    @Test
    void aPodStaysInitializedWhenItsSidecarStartsAgain() {
        LifeBed pod = LifeBed.of(OnFailure, "sidecar+startup:s", "app:x");
        pod.run("s");
        pod.probed("s", ProbeKind.STARTUP, true);
        pod.started("x");
        pod.after(1).exits("s", 1);
        pod.started("s");
        assertThat(pod.status()).isEqualTo("Running s=running#1 x=running#0!");
        assertThat(pod.condition("Initialized")).isEqualTo("True");
        assertThat(pod.exits("x", 1)).isEqualTo("start x 1");
    }

    @Test
    void anInitContainerGoesOnWhileAnEarlierSidecarStartsAgain() {
        LifeBed pod = LifeBed.of(Never, "sidecar+startup:s", "init:a", "init:b", "app:x");
        pod.run("s");
        assertThat(pod.probed("s", ProbeKind.STARTUP, true)).isEqualTo("start a 0");
        pod.started("a");
        pod.after(1).exits("s", 1);
        pod.started("s");
        assertThat(pod.condition("Initialized"))
                .isEqualTo("False ContainersNotInitialized containers with incomplete status: [a b]");
        assertThat(pod.exits("a", 0)).isEqualTo("start b 0");
    }

    @Test
    void aPostStartHookKeepsBackWhatComesAfterItsContainer() {
        LifeBed pod = LifeBed.of(Never, "sidecar+postStart:s", "app+postStart:x", "app:y");
        assertThat(pod.run("s")).isEqualTo("start s 0; ");
        assertThat(pod.status()).isEqualTo("Pending s=PodInitializing#0 x=PodInitializing#0 y=PodInitializing#0");
        assertThat(pod.postStarted("s")).isEqualTo("start x 0");
        assertThat(pod.started("x")).isEmpty();
        assertThat(pod.status()).isEqualTo("Pending s=running#0! x=PodInitializing#0 y=PodInitializing#0");
        assertThat(pod.postStarted("x")).isEqualTo("start y 0");
        pod.started("y");
        assertThat(pod.status()).isEqualTo("Running s=running#0! x=running#0! y=running#0!");
    }

    @Test
    void aPostStartHookThatFailsLetsTheOthersStartOnceItsContainerHasEnded() {
        LifeBed pod = LifeBed.of(Never, "app+postStart:x", "app:y");
        pod.run("x");
        assertThat(pod.hookFailed("x", LifeEvent.Hook.POST_START)).isEqualTo("term x");
        assertThat(pod.exits("x", 143)).isEqualTo("start y 0");
        LifeBed deleted = LifeBed.of(Never, "app+postStart:x", "app:y");
        deleted.run("x");
        assertThat(deleted.deleted(30)).isEqualTo("term x");
        assertThat(deleted.postStarted("x")).isEmpty();
        deleted.exits("x", 143);
        assertThat(deleted.status()).isEqualTo("Failed x=Error:143#0 y=ContainerStatusUnknown:137#0");
    }

    @Test
    void sidecarsStartFirstRestartAlwaysAndStopLastInReverse() {
        LifeBed pod = LifeBed.of(Never, "sidecar:s1", "init:a", "sidecar:s2", "app:x");
        assertThat(pod.run("s1")).isEqualTo("start s1 0; start a 0");
        pod.started("a");
        assertThat(pod.exits("a", 0)).isEqualTo("start s2 0");
        assertThat(pod.started("s2")).isEqualTo("start x 0");
        pod.started("x");
        assertThat(pod.status()).isEqualTo("Running s1=running#0! a=Completed:0#0! s2=running#0! x=running#0!");
        assertThat(pod.after(1).exits("s1", 1)).isEqualTo("start s1 1");
        pod.started("s1");
        assertThat(pod.exits("x", 0)).isEqualTo("term s2");
        assertThat(pod.status()).startsWith("Running");
        assertThat(pod.exits("s2", 143)).isEqualTo("term s1");
        pod.exits("s1", 143);
        assertThat(pod.status()).isEqualTo("Succeeded s1=Error:143#1 a=Completed:0#0! s2=Error:143#0 x=Completed:0#0");
        assertThat(pod.condition("Initialized")).isEqualTo("True PodCompleted");
    }

    @Test
    void aSidecarThatIgnoresSigtermIsKilledWhenTheGraceEnds() {
        LifeBed pod = LifeBed.of(Never, "sidecar:s", "app:x");
        pod.run("s");
        pod.started("x");
        assertThat(pod.exits("x", 0)).isEqualTo("term s");
        assertThat(pod.sleeps()).isEqualTo(30);
        assertThat(pod.wake()).isEqualTo("kill s");
        pod.exits("s", 137);
        assertThat(pod.status()).startsWith("Succeeded");
    }

    @Test
    void deletionTerminatesThenKills() {
        LifeBed pod = LifeBed.of(OnFailure, "app:x", "app:y");
        assertThat(pod.wake()).isEqualTo("start x 0, start y 0");
        pod.started("x");
        pod.started("y");
        assertThat(pod.deleted(5)).isEqualTo("term x, term y");
        assertThat(pod.exits("x", 143)).isEmpty();
        assertThat(pod.sleeps()).isEqualTo(5);
        assertThat(pod.wake()).isEqualTo("kill y");
        assertThat(pod.wake()).isEmpty();
        pod.exits("y", 137);
        assertThat(pod.status()).isEqualTo("Failed x=Error:143#0 y=Error:137#0");
        assertThat(pod.waits()).isFalse();
        assertThat(pod.events()).contains("Normal Killing Stopping container x spec.containers{x}");
    }

    @Test
    void aSecondDeletionMayOnlyShortenTheGrace() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.run("x");
        pod.deleted(30);
        assertThat(pod.deleted(60)).isEmpty();
        assertThat(pod.deleted(0)).isEqualTo("kill x");
    }

    @Test
    void aDeletedPodThatExitsWithZeroHasSucceeded() {
        LifeBed pod = LifeBed.of(OnFailure, "app:x");
        pod.run("x");
        pod.deleted(30);
        pod.exits("x", 0);
        assertThat(pod.status()).isEqualTo("Succeeded x=Completed:0#0");
    }

    @Test
    void aPodDeletedBeforeItsTurnStartsNothing() {
        LifeBed pod = LifeBed.of(Never, "init:a", "app:x");
        pod.run("a");
        assertThat(pod.deleted(0)).isEqualTo("kill a");
        assertThat(pod.exits("a", 0)).isEmpty();
        assertThat(pod.status()).isEqualTo("Failed a=Completed:0#0! x=ContainerStatusUnknown:137#0");
    }

    @Test
    void theLastEndIsShownOfAContainerDeletedWhileBackingOff() {
        LifeBed pod = LifeBed.of(OnFailure, "app:main");
        pod.run("main");
        pod.after(1).exits("main", 1);
        pod.started("main");
        pod.after(1).exits("main", 2);
        pod.deleted(30);
        assertThat(pod.status()).isEqualTo("Failed main=Error:2#1");
    }

    @Test
    void theDeadlineOfThePodEndsItWithItsReason() {
        LifeBed pod = new LifeBed(OnFailure, Duration.ofSeconds(60), "app:x");
        pod.run("x");
        assertThat(pod.sleeps()).isEqualTo(60);
        assertThat(pod.wake()).isEqualTo("term x");
        pod.exits("x", 0);
        assertThat(pod.status()).isEqualTo("Failed(DeadlineExceeded) x=Completed:0#0");
        assertThat(pod.full().getMessage()).isEqualTo("Pod was active on the node longer than the specified deadline");
    }

    @Test
    void aStartThatMustWaitIsTriedAgainWithoutUsingUpTheAttempt() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.wake();
        assertThat(pod.delayed("x", "CreateContainerConfigError")).isEmpty();
        assertThat(pod.status()).isEqualTo("Pending x=CreateContainerConfigError#0");
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            delays.add(pod.sleeps());
            assertThat(pod.wake()).isEqualTo("start x 0");
            pod.delayed("x", "CreateContainerConfigError");
        }
        assertThat(delays).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
        assertThat(pod.events()).contains("Warning Failed Error: why spec.containers{x}");
    }

    @Test
    void aStartThatFailedIsAnEndOfItsAttempt() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.wake();
        pod.cannotStart("x");
        assertThat(pod.status()).isEqualTo("Failed x=StartError:128#0");
        LifeBed again = LifeBed.of(OnFailure, "app:x");
        again.wake();
        assertThat(again.cannotStart("x")).isEqualTo("start x 1");
        assertThat(again.cannotStart("x")).isEmpty();
        assertThat(again.status()).isEqualTo("Running x=CrashLoopBackOff#1");
    }

    @Test
    void aNodeThatGoesAwayIsADisruption() {
        LifeBed pod = LifeBed.of(OnFailure, "app:x");
        pod.run("x");
        assertThat(pod.shutdown(5)).isEqualTo("term x");
        pod.exits("x", 143);
        assertThat(pod.status()).isEqualTo("Failed(Terminated) x=Error:143#0");
        assertThat(pod.condition("DisruptionTarget"))
                .isEqualTo("True TerminationByKubelet Pod was terminated in response to imminent node shutdown.");
    }

    @Test
    void conditionsStandInTheirOrderAndKeepTheirTimes() {
        LifeBed pod = LifeBed.of(Never, "app:x");
        pod.run("x");
        assertThat(pod.full().getConditions())
                .extracting(PodCondition::getType)
                .containsExactly(
                        "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");
        assertThat(pod.condition("Ready")).isEqualTo("True");
        pod.after(7).exits("x", 0);
        assertThat(pod.condition("Ready")).isEqualTo("False PodCompleted");
        assertThat(pod.full().getConditions())
                .extracting(PodCondition::getLastTransitionTime)
                .containsExactly(
                        "2026-01-01T00:00:07Z",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:00:07Z",
                        "2026-01-01T00:00:07Z",
                        "2026-01-01T00:00:00Z");
    }

    @Test
    void nothingFollowsTheEnd() {
        LifeBed pod = LifeBed.of(Always, "app:x");
        pod.run("x");
        pod.deleted(30);
        pod.exits("x", 0);
        PodLife end = pod.life();
        assertThat(pod.wake() + pod.deleted(0) + pod.exits("x", 3)).isEmpty();
        assertThat(pod.life()).isEqualTo(end);
    }

    @Test
    void aFailedPullIsShownThenWaitedForWithADoublingDelay() {
        LifeBed pod = LifeBed.of(Never, "app:main");
        pod.wake();
        pod.imageMissing("main", "ErrImagePull");
        assertThat(pod.status()).isEqualTo("Pending main=ErrImagePull#0");
        assertThat(pod.sleeps()).isEqualTo(2);
        assertThat(pod.wake()).isEmpty();
        assertThat(pod.status()).isEqualTo("Pending main=ImagePullBackOff#0");
        assertThat(pod.sleeps()).isEqualTo(8);
        assertThat(pod.wake()).isEqualTo("start main 0");
        pod.imageMissing("main", "ErrImagePull");
        pod.sleeps();
        pod.wake();
        assertThat(pod.sleeps()).isEqualTo(18);
    }

    @Test
    void anImageThatMustNotBePulledIsLookedForSoonAgain() {
        LifeBed pod = LifeBed.of(Never, "app:main");
        pod.wake();
        pod.imageMissing("main", "ErrImageNeverPull");
        assertThat(pod.status()).isEqualTo("Pending main=ErrImageNeverPull#0");
        assertThat(pod.sleeps()).isEqualTo(1);
        assertThat(pod.wake()).isEqualTo("start main 0");
    }
}
