package dev.jobctl.node.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody sets the clock while a pod that only pretends waits: what it waits for takes as long as before, and what it
/// says of times is what the clock shows.
final class SimulatedNodeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /// What ignores SIGTERM has null for `stopsAfter`.
    private static Act run(int startsAfter, @Nullable Duration runs, @Nullable Duration stopsAfter) {
        return new Act.Run(1, Duration.ofSeconds(startsAfter), runs, Act.Result.code(1), stopsAfter, List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aRunLastsAsLongAsItWasTo(long minutes) {
        SimulatedBed bed = new SimulatedBed(Act.ends(Duration.ofSeconds(10), 0)).hear();
        bed.after(4).set(Duration.ofMinutes(minutes));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(6));
        assertThat(bed.status().getPhase()).isEqualTo("Succeeded");
        ContainerStateTerminated end = bed.main().getState().getTerminated();
        assertThat(end.getStartedAt()).isEqualTo(Timestamps.print(SimulatedBed.START));
        assertThat(end.getFinishedAt()).isEqualTo(Timestamps.print(bed.now()));
        assertThat(bed.status().getConditions())
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .extracting(PodCondition::getLastTransitionTime)
                .containsExactly(Timestamps.print(bed.now()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aStartTakesAsLongAsItWasTo(long minutes) {
        SimulatedBed bed = new SimulatedBed(run(5, Duration.ofSeconds(10), Duration.ZERO)).hear();
        bed.after(2).set(Duration.ofMinutes(minutes));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(3));
        assertThat(bed.main().getState().getRunning().getStartedAt()).isEqualTo(Timestamps.print(bed.now()));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(10));
        assertThat(bed.status().getPhase()).isEqualTo("Failed");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aRestartComesAfterItsBackOff(long minutes) {
        SimulatedBed bed = new SimulatedBed(run(0, Duration.ofSeconds(1), Duration.ZERO));
        bed.hear(pod -> pod.getSpec().setRestartPolicy("OnFailure"));
        bed.after(1).after(1).after(3); // the second end backs off for ten seconds
        bed.set(Duration.ofMinutes(minutes));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(7));
        assertThat(bed.main().getRestartCount()).isEqualTo(2);
        assertThat(bed.main().getState().getRunning().getStartedAt()).isEqualTo(Timestamps.print(bed.now()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void whatObeysSlowlyEndsInTime(long minutes) {
        SimulatedBed bed = new SimulatedBed(run(0, null, Duration.ofSeconds(5))).hear();
        bed.delete(30).after(1).set(Duration.ofMinutes(minutes));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(4));
        assertThat(bed.main().getState().getTerminated().getExitCode()).isEqualTo(143);
        assertThat(bed.main().getState().getTerminated().getFinishedAt()).isEqualTo(Timestamps.print(bed.now()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void whatDoesNotObeyIsKilledInTime(long minutes) {
        SimulatedBed bed = new SimulatedBed(run(0, null, null)).hear();
        bed.delete(30).after(10).set(Duration.ofMinutes(minutes)).hear();
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(20));
        assertThat(bed.main().getState().getTerminated().getExitCode()).isEqualTo(137);
    }

    @Test
    void aPodsDeadlineIsTheOneThatTheApiKnows() {
        SimulatedBed bed = new SimulatedBed(Act.forever());
        bed.hear(pod -> pod.getSpec().setActiveDeadlineSeconds(100L)).set(HOUR.negated());
        assertThat(bed.sleeps().plus(bed.sleeps())).isEqualTo(HOUR.plusSeconds(100)); // it looks once on the way
        assertThat(bed.status().getReason()).isEqualTo("DeadlineExceeded");
        SimulatedBed late = new SimulatedBed(Act.forever());
        late.hear(pod -> pod.getSpec().setActiveDeadlineSeconds(100L)).set(HOUR);
        assertThat(late.status().getReason()).isEqualTo("DeadlineExceeded");
        assertThat(late.waits()).isFalse();
    }

    @Test
    void aClockThatIsSetIsNoNews() {
        SimulatedBed bed = new SimulatedBed(run(0, null, null)).hear();
        bed.delete(30);
        int told = bed.statuses.size();
        bed.set(HOUR).hear();
        assertThat(bed.statuses).hasSize(told);
    }

    @Test
    void anotherGenerationIsSeenAndSaid() {
        SimulatedBed bed = new SimulatedBed(Act.ends(Duration.ofSeconds(10), 0)).hear();
        bed.after(1).hear(pod -> pod.getMetadata().setGeneration(2L));
        assertThat(bed.statuses).hasSize(2);
        assertThat(bed.status().getObservedGeneration()).isEqualTo(2);
        bed.hear().hear(pod -> pod.getMetadata().setLabels(Map.of("a", "b")));
        assertThat(bed.statuses).hasSize(2);
        bed.sleeps();
        bed.hear(pod -> pod.getMetadata().setGeneration(3L)); // the pod has ended
        assertThat(bed.statuses).hasSize(3);
        assertThat(bed.status().getObservedGeneration()).isEqualTo(2);
    }

    @Test
    void aRunThatIsToBeginInTheFutureBeganBeforeTheClockWasSetBack() {
        SimulatedBed bed = new SimulatedBed(Act.ends(Duration.ofSeconds(10), 0)).hear();
        bed.unnoticed(HOUR.negated()).replaceNode();
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(10));
        ContainerStateTerminated end = bed.main().getState().getTerminated();
        assertThat(end.getStartedAt()).isEqualTo(Timestamps.print(SimulatedBed.START));
        assertThat(end.getFinishedAt()).isEqualTo(Timestamps.print(bed.now()));
    }

    /// As in a world whose clock jumps.
    @Test
    void aClockThatNobodyFoundSetMovesNothing() {
        SimulatedBed bed = new SimulatedBed(Act.ends(Duration.ofSeconds(10), 0)).hear();
        bed.unnoticed(Duration.ofMinutes(-1));
        assertThat(bed.sleeps()).isEqualTo(Duration.ofSeconds(70));
    }
}
