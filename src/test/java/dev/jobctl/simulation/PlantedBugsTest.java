package dev.jobctl.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Would the invariants notice? Each of these bugs, planted in the deciders, must be found within [#SEEDS] seeds:
///
/// | bug | what the controller does wrong |
/// |---|---|
/// | LEAVES_FINALIZERS | counts a pod and leaves the tracking finalizer on |
/// | COUNTS_TWICE | counts a failed pod when it is listed and when it is settled |
/// | SKIPS_AN_INDEX | creates index 1 where index 0 is missing |
/// | ONE_TOO_MANY | lets one pod more run than parallelism |
/// | FORGETS_BACKOFF | keeps no count of failures |
/// | SETS_BOTH | a failed Job is complete as well |
/// | ENDS_UNANNOUNCED | Failed comes together with FailureTarget, while pods still end |
/// | COUNTS_THE_SUSPENDED | pods removed by suspension or scale-down keep the finalizer and count as failed |
/// | IGNORES_SUSPEND | a suspended Job's pods go on |
/// | KEEPS_START_ON_RESUME | resumes without starting the clock afresh |
/// | RUNS_ON_AFTER_THE_END | leaves the other pods running when the end is announced |
/// | ONE_FAILURE_MORE | bears one failure more than backoffLimit |
/// | NO_DEADLINE | activeDeadlineSeconds is not looked at |
/// | REPLACES_TOO_SOON | podReplacementPolicy Failed is taken for TerminatingOrFailed |
/// | LOSES_AN_INDEX | the last completed index is missing from the final text |
/// | LOSES_PODS_OF_LOST_NODES | pods of a deleted node stay for ever |
/// | KEEPS_FINISHED_JOBS | ttlSecondsAfterFinished does nothing |
/// | KEEPS_ORPHANS | pods of a deleted Job stay |
/// | STAYS_DESPITE_TAINTS | NoExecute drives nobody away |
/// | BINDS_DESPITE_TAINTS | the scheduler does not look at taints |
/// | OVERFILLS_NODES | the scheduler thinks that every node has room |
/// | NEVER_TELLS_QUOTAS | a quota's status stays empty |
/// | RUNS_SIDE_BY_SIDE | concurrencyPolicy is taken for Allow |
/// | KEEPS_HISTORY | CronJobs never delete a finished Job |
/// | KEEPS_NAMESPACES | a deleted namespace stays |
class PlantedBugsTest {
    private static final long SEEDS = 3_000;
    private static final Duration GUARD = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void eachIsNoticed(PlantedBug bug) {
        Campaign.Result result = Campaign.run(bug.in(Campaign.honest()), 1, SEEDS, GUARD);
        assertThat(result.failure()).as("%s in %s seeds", bug, result.played()).isNotNull();
        IO.println("%s: seed %s, %s"
                .formatted(
                        bug,
                        Objects.requireNonNull(result.failure()).getKey(),
                        result.failure().getValue().rule()));
    }

    @Test
    void aFailureIsShrunkAndSaysHowToSeeItAgain() {
        var deciders = PlantedBug.ONE_FAILURE_MORE.in(Campaign.honest());
        var failure =
                Objects.requireNonNull(Campaign.run(deciders, 1, SEEDS, GUARD).failure());

        Shrinker.Shrunk small = Shrinker.shrink(Generator.draw(failure.getKey()), failure.getValue(), deciders);

        assertThat(small.schedule().steps()).hasSizeLessThanOrEqualTo(1);
        assertThat(small.schedule().jobs()).hasSize(1);
        assertThat(small.violation().rule()).isEqualTo(failure.getValue().rule());
        assertThat(Campaign.report(failure.getKey(), failure.getValue(), deciders))
                .contains("scripts/test -Dtest=SchedulesTest -Dseed=" + failure.getKey());
    }
}
