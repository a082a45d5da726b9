package dev.jobctl.node.life;

import static dev.jobctl.node.life.RestartPolicy.Never;
import static dev.jobctl.node.life.RestartPolicy.OnFailure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody sets the clock while a pod waits.
final class LifeClockTest {
    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aClockThatIsSetMovesNoRestartRetryOrKill(long minutes) {
        LifeBed restart = LifeBed.of(OnFailure, "app:main");
        restart.run("main");
        restart.after(1).exits("main", 1);
        restart.started("main");
        restart.after(1).exits("main", 1);
        LifeBed retry = LifeBed.of(Never, "app:main");
        retry.wake();
        retry.delayed("main", "CreateContainerError");
        LifeBed kill = LifeBed.of(Never, "app:main");
        kill.run("main");
        kill.deleted(5);
        LifeBed probed = LifeBed.of(Never, "app+preStop:main");
        probed.run("main");
        probed.deleted(1);
        probed.after(1).wake(); // two seconds more after the hook
        for (LifeBed pod : List.of(restart, retry, kill, probed)) {
            pod.clockSet(Duration.ofMinutes(minutes)).wake();
        }
        assertThat(restart.sleeps()).isEqualTo(10);
        assertThat(retry.sleeps()).isEqualTo(1);
        assertThat(kill.sleeps()).isEqualTo(5);
        assertThat(probed.sleeps()).isEqualTo(2);
        assertThat(restart.wake()).isEqualTo("start main 2");
        assertThat(retry.wake()).isEqualTo("start main 0");
        assertThat(kill.wake()).isEqualTo("kill main");
        assertThat(probed.wake()).isEqualTo("kill main");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aDeletionThatIsHeardAgainHurriesNothing(long minutes) {
        LifeBed pod = LifeBed.of(Never, "app:main");
        pod.run("main");
        pod.deleted(30);
        assertThat(pod.after(10).clockSet(Duration.ofMinutes(minutes)).deletedAgain(30))
                .isEmpty();
        assertThat(pod.sleeps()).isEqualTo(20);
        assertThat(pod.wake()).isEqualTo("kill main");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aShorterGraceCountsFromTheRequest(long minutes) {
        LifeBed pod = LifeBed.of(Never, "app:main");
        pod.run("main");
        pod.deleted(30);
        assertThat(pod.after(10).clockSet(Duration.ofMinutes(minutes)).deletedAgain(15))
                .isEmpty();
        assertThat(pod.sleeps()).isEqualTo(5);
        assertThat(pod.wake()).isEqualTo("kill main");
    }

    /// Set before anybody asked for it: the request was made by the clock as it is.
    @Test
    void aClockThatWasSetBeforeTheDeletionDoesNotMatterToIt() {
        LifeBed pod = LifeBed.of(Never, "app:main");
        pod.run("main");
        assertThat(pod.clockSet(Duration.ofHours(-1)).deleted(30)).isEqualTo("term main");
        assertThat(pod.sleeps()).isEqualTo(30);
    }

    @Test
    void anEndInTheFutureIsOfAClockThatWasSetBack() {
        LifeBed pod = LifeBed.of(OnFailure, "app:main");
        pod.run("main");
        pod.after(1).exits("main", 1);
        pod.started("main");
        pod.after(3600).exitedThen("main", 1, Duration.ofHours(-1));
        assertThat(pod.sleeps()).isEqualTo(10);
    }
}
