package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.MemoryStore;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// CronJobs through loop, controllers, scheduler and a simulated node together. The clock starts on Thursday
/// 2026-01-01 at 00:00 UTC; the run of that moment would be called cj-29453760.
///
/// Long because all of it shares these few verbs.
class CronJobLifeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualPlane plane =
            new VirtualPlane(new MemoryStore<>(), LoopOptions.standard().withEventTtl(Duration.ofDays(7)), 7);

    private static CronJobBuilder cronJob(String schedule) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withName("cj")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withSchedule(schedule)
                .withNewJobTemplate()
                .withSpec(VirtualPlane.job("x").buildSpec())
                .endJobTemplate()
                .endSpec();
    }

    private void create(CronJobBuilder builder) {
        assertThat(plane.create(Kinds.CRON_JOB, builder.build())).isInstanceOf(Outcome.Stored.class);
    }

    private void change(Consumer<CronJob> edit) {
        ObjectVersion version = plane.version(Kinds.CRON_JOB, "cj");
        CronJob next = Json.copy((CronJob) version.object());
        edit.accept(next);
        plane.submit(new Write.Update(
                version.key(),
                version.revision(),
                Preparation.forUpdate(Kinds.CRON_JOB, (CronJob) version.object(), next, null)));
    }

    private CronJob stored() {
        return (CronJob) plane.version(Kinds.CRON_JOB, "cj").object();
    }

    private List<String> active() {
        return stored().getStatus().getActive().stream()
                .map(ObjectReference::getName)
                .toList();
    }

    private List<String> jobs() {
        return plane.store().current().prefixed(Kinds.JOB.keyPrefix()).stream()
                .map(entry -> entry.value().object().getMetadata().getName())
                .toList();
    }

    private void podsEndAfter(Duration duration, int exitCode) {
        plane.node().plan(pod -> new SimulatedNode.Plan(duration, exitCode));
    }

    @Test
    void aRunHappensAtItsMinute() {
        create(cronJob("30 * * * *"));

        plane.pass(Duration.ofMinutes(30).minusMillis(1));
        assertThat(jobs()).isEmpty();
        plane.pass(Duration.ofMillis(1));

        assertThat(jobs()).containsExactly("cj-29453790");
        assertThat(plane.active()).hasSize(1);
        assertThat(active()).containsExactly("cj-29453790");
        assertThat(stored().getStatus().getLastScheduleTime()).isEqualTo("2026-01-01T00:30:00Z");
        assertThat(stored().getStatus().getLastSuccessfulTime()).isNull();
        assertThat(Long.valueOf(stored().getStatus().getActive().getFirst().getResourceVersion()))
                .as("that of the Job when it was made")
                .isPositive()
                .isLessThan(
                        Long.valueOf(plane.stored("cj-29453790").getMetadata().getResourceVersion()));

        plane.pass(Duration.ofSeconds(7));
        plane.ends(plane.active().getFirst(), 0);

        assertThat(active()).isEmpty();
        assertThat(stored().getStatus().getLastSuccessfulTime()).isEqualTo("2026-01-01T00:30:07Z");
        assertThat(plane.events("cj"))
                .containsExactly(
                        "SuccessfulCreate: Created job cj-29453790 x1",
                        "SawCompletedJob: Saw completed job: cj-29453790, condition: Complete x1");
    }

    /// Rule CRON-230.
    @Test
    void theJobIsTheTemplateWithAnOwner() {
        create(cronJob("0 * * * *")
                .editMetadata()
                .addToLabels("own", "label")
                .endMetadata()
                .editSpec()
                .withTimeZone("Asia/Kolkata")
                .editJobTemplate()
                .withNewMetadata()
                .withName("ignored")
                .addToLabels("app", "nightly")
                .addToAnnotations("note", "hi")
                .endMetadata()
                .editSpec()
                .withBackoffLimit(2)
                .endSpec()
                .endJobTemplate()
                .endSpec());
        plane.pass(Duration.ofMinutes(30));

        Job job = plane.stored("cj-29453790");
        assertThat(job.getMetadata().getLabels()).containsOnly(java.util.Map.entry("app", "nightly"));
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry("note", "hi")
                .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T06:00:00+05:30")
                .hasSize(2);
        assertThat(job.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-01T00:30:00Z");
        assertThat(job.getMetadata().getOwnerReferences())
                .containsExactly(new OwnerReference(
                        "batch/v1",
                        true,
                        true,
                        "CronJob",
                        "cj",
                        stored().getMetadata().getUid()));
        assertThat(job.getSpec().getBackoffLimit()).isEqualTo(2);
        assertThat(job.getSpec().getCompletions()).isEqualTo(1);
        assertThat(job.getSpec().getSelector().getMatchLabels())
                .containsEntry(
                        "batch.kubernetes.io/controller-uid", job.getMetadata().getUid());
    }

    @Test
    void aDayOfHoursIsTwentyFourRunsOfWhichThreeStay() {
        podsEndAfter(Duration.ofMinutes(5), 0);
        create(cronJob("@hourly"));

        plane.pass(Duration.ofHours(24).plusMinutes(30));

        assertThat(plane.node().everStarted()).isEqualTo(24);
        assertThat(jobs()).containsExactly("cj-29455080", "cj-29455140", "cj-29455200");
        assertThat(plane.pods()).hasSize(3);
        assertThat(stored().getStatus().getLastScheduleTime()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(stored().getStatus().getLastSuccessfulTime()).isEqualTo("2026-01-02T00:05:00Z");
    }

    @Test
    void failedRunsHaveALimitOfTheirOwn() {
        podsEndAfter(Duration.ofMinutes(1), 3);
        create(cronJob("@hourly")
                .editSpec()
                .withFailedJobsHistoryLimit(2)
                .editJobTemplate()
                .editSpec()
                .withBackoffLimit(0)
                .endSpec()
                .endJobTemplate()
                .endSpec());

        plane.pass(Duration.ofHours(5).plusMinutes(30));

        assertThat(jobs()).containsExactly("cj-29454000", "cj-29454060");
        assertThat(stored().getStatus().getLastSuccessfulTime()).isNull();
        assertThat(plane.events("cj"))
                .contains("SawCompletedJob: Saw completed job: cj-29454060, condition: Failed x1")
                .contains("SuccessfulDelete: Deleted job cj-29453940 x1");
    }

    @Test
    void aRunThatIsFinishedGoesAtOnceWithALimitOfNone() {
        podsEndAfter(Duration.ofMinutes(5), 0);
        create(cronJob("@hourly").editSpec().withSuccessfulJobsHistoryLimit(0).endSpec());

        plane.pass(HOUR.plusMinutes(10));

        assertThat(jobs()).isEmpty();
        assertThat(plane.pods()).isEmpty();
        assertThat(active()).isEmpty();
        assertThat(stored().getStatus().getLastSuccessfulTime()).isEqualTo("2026-01-01T01:05:00Z");
    }

    @Test
    void theHourThatSpringSkipsHasNoRun() {
        podsEndAfter(Duration.ofMinutes(1), 0);
        plane.pass(Duration.between(VirtualPlane.START, java.time.Instant.parse("2026-03-28T12:00:00Z")));
        create(cronJob("30 2 * * *").editSpec().withTimeZone("Europe/Berlin").endSpec());

        plane.pass(Duration.ofDays(2));

        // 02:30 on Sunday the 29th does not exist; the next is Monday's, at 00:30 UTC.
        assertThat(plane.node().everStarted()).isEqualTo(1);
        assertThat(stored().getStatus().getLastScheduleTime()).isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void theHourThatAutumnRepeatsRunsTwiceByTheHourAndOnceByTheDay() {
        podsEndAfter(Duration.ofMinutes(1), 0);
        plane.pass(Duration.between(VirtualPlane.START, java.time.Instant.parse("2026-10-24T22:00:00Z")));
        create(cronJob("30 * * * *").editSpec().withTimeZone("Europe/Berlin").endSpec());

        plane.pass(Duration.ofHours(24));

        assertThat(plane.node().everStarted()).as("every real hour").isEqualTo(24);
    }

    @Test
    void aRunThatIsForbiddenWaitsForTheOneBefore() {
        create(cronJob("@hourly").editSpec().withConcurrencyPolicy("Forbid").endSpec());
        plane.pass(Duration.ofHours(3).plusMinutes(10));

        assertThat(active()).containsExactly("cj-29453820");
        assertThat(stored().getStatus().getLastScheduleTime()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(plane.events("cj"))
                .contains("JobAlreadyActive: Not starting job because prior execution is running and concurrency policy"
                        + " is Forbid x2");

        plane.ends(plane.active().getFirst(), 0);

        assertThat(active()).as("only the latest of those that waited").containsExactly("cj-29453940");
        assertThat(jobs()).containsExactly("cj-29453820", "cj-29453940");
    }

    @Test
    void aRunThatReplacesEndsTheOneBefore() {
        create(cronJob("@hourly").editSpec().withConcurrencyPolicy("Replace").endSpec());
        plane.pass(Duration.ofHours(2));

        assertThat(jobs()).containsExactly("cj-29453880");
        assertThat(active()).containsExactly("cj-29453880");
        assertThat(plane.active()).hasSize(1);
        assertThat(plane.events("cj"))
                .containsExactly(
                        "SuccessfulCreate: Created job cj-29453820 x1",
                        "SuccessfulDelete: Deleted job cj-29453820 x1",
                        "SuccessfulCreate: Created job cj-29453880 x1");
    }

    @Test
    void aSuspendedOneStartsNothingAndThenTheLatestMissed() {
        create(cronJob("@hourly").editSpec().withSuspend(true).endSpec());
        plane.pass(Duration.ofHours(5).plusMinutes(10));
        assertThat(jobs()).isEmpty();
        assertThat(plane.loop().nextWake()).isEmpty();

        change(cronJob -> cronJob.getSpec().setSuspend(false));

        assertThat(jobs()).containsExactly("cj-29454060");
    }

    @Test
    void aNewScheduleStartsAtItsNextTimeAndNotForThePast() {
        create(cronJob("0 0 1 1 *"));
        plane.pass(Duration.ofHours(5).plusMinutes(10));

        change(cronJob -> cronJob.getSpec().setSchedule("@hourly"));
        plane.pass(Duration.ofMinutes(49));
        assertThat(jobs()).isEmpty();
        plane.recover();
        assertThat(jobs()).as("after a crash").isEmpty();
        plane.pass(Duration.ofMinutes(1));

        assertThat(jobs()).containsExactly("cj-29454120");
    }

    @Test
    void aJobDeletedByHandIsMissedAndDoesNotComeBack() {
        create(cronJob("@hourly"));
        plane.pass(HOUR.plusMinutes(10));

        plane.delete(Kinds.JOB, "cj-29453820", Propagation.Background);

        assertThat(active()).isEmpty();
        assertThat(jobs()).isEmpty();
        assertThat(plane.events("cj")).last().isEqualTo("MissingJob: Active job went missing: cj-29453820 x1");
        plane.pass(Duration.ofMinutes(40));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aManualJobIsUnexpectedAndCountsAsHistory() {
        create(cronJob("0 0 1 1 *").editSpec().withSuccessfulJobsHistoryLimit(0).endSpec());
        Job manual = VirtualPlane.job("manual")
                .editMetadata()
                .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("CronJob")
                .withName("cj")
                .withUid(stored().getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
        plane.create(manual);
        assertThat(active()).isEmpty();
        assertThat(plane.events("cj"))
                .containsExactly("UnexpectedJob: Saw a job that the controller did not create or forgot: manual x1");

        plane.pass(Duration.ofMinutes(1));
        plane.ends(plane.active().getFirst(), 0);

        assertThat(jobs()).isEmpty();
        assertThat(stored().getStatus().getLastSuccessfulTime()).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void theLatestRunThatADeadPlaneMissedHappensWhenItIsBack() {
        podsEndAfter(Duration.ofMinutes(1), 0);
        create(cronJob("@hourly"));
        plane.pass(HOUR.plusMinutes(10));

        plane.time().set(plane.now().plus(Duration.ofHours(7)));
        plane.recover();

        assertThat(jobs()).containsExactly("cj-29453820", "cj-29454240");
        assertThat(stored().getStatus().getLastScheduleTime()).isEqualTo("2026-01-01T08:00:00Z");
    }

    @Test
    void tooLateIsMissedWhenThereIsADeadline() {
        podsEndAfter(Duration.ofMinutes(1), 0);
        create(cronJob("@hourly").editSpec().withStartingDeadlineSeconds(60L).endSpec());
        plane.pass(HOUR.plusMinutes(10));

        plane.time().set(plane.now().plus(Duration.ofHours(7)));
        plane.recover();
        assertThat(jobs()).containsExactly("cj-29453820");

        plane.pass(Duration.ofMinutes(50));
        assertThat(jobs()).containsExactly("cj-29453820", "cj-29454300");
    }

    @Test
    void aClockThatGoesBackRunsNothingTwice() {
        podsEndAfter(Duration.ofMinutes(1), 0);
        create(cronJob("@hourly"));
        plane.pass(Duration.ofHours(2).plusMinutes(10));
        assertThat(plane.node().everStarted()).isEqualTo(2);

        plane.time().set(plane.now().minus(Duration.ofMinutes(90)));
        plane.pass(Duration.ofMinutes(90));
        assertThat(plane.node().everStarted()).isEqualTo(2);

        plane.pass(HOUR);
        assertThat(plane.node().everStarted()).isEqualTo(3);
    }

    @Test
    void whatIsInvalidOnlyAsAJobIsSaidAndTriedAgain() {
        create(cronJob("@hourly")
                .editSpec()
                .editJobTemplate()
                .withNewMetadata()
                .addToLabels("app", "not a label")
                .endMetadata()
                .endJobTemplate()
                .endSpec());
        plane.pass(HOUR.plusSeconds(10));

        assertThat(jobs()).isEmpty();
        assertThat(plane.events("cj").getFirst())
                .startsWith("FailedCreate: Error creating job: Job.batch \"cj-29453820\" is invalid: metadata.labels:"
                        + " Invalid value: \"not a label\": a valid label must be");

        change(cronJob -> cronJob.getSpec().getJobTemplate().getMetadata().setLabels(java.util.Map.of()));
        plane.pass(Duration.ofMinutes(1));
        assertThat(jobs()).containsExactly("cj-29453820");
    }

    @Test
    void deletedInTheBackgroundItTakesJobsAndPodsWithIt() {
        create(cronJob("@hourly"));
        plane.pass(Duration.ofHours(2));
        assertThat(plane.active()).hasSize(2);

        assertThat(plane.delete(Kinds.CRON_JOB, "cj", null)).isInstanceOf(Outcome.Removed.class);

        assertThat(jobs()).isEmpty();
        assertThat(plane.pods()).isEmpty();
        assertThat(plane.find(HiddenKinds.CRON_MEMORY, "cj")).isNull();
        plane.pass(HOUR);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void deletedInTheForegroundItGoesLast() {
        create(cronJob("@hourly"));
        plane.pass(Duration.ofHours(2));

        assertThat(plane.delete(Kinds.CRON_JOB, "cj", Propagation.Foreground)).isInstanceOf(Outcome.Stored.class);

        assertThat(plane.find(Kinds.CRON_JOB, "cj")).isNull();
        assertThat(jobs()).isEmpty();
        assertThat(plane.pods()).isEmpty();
    }

    @Test
    void deletedAsAnOrphanItLeavesItsJobsRunning() {
        create(cronJob("@hourly"));
        plane.pass(Duration.ofHours(2));

        plane.delete(Kinds.CRON_JOB, "cj", Propagation.Orphan);

        assertThat(plane.find(Kinds.CRON_JOB, "cj")).isNull();
        assertThat(jobs()).containsExactly("cj-29453820", "cj-29453880");
        assertThat(plane.stored("cj-29453820").getMetadata().getOwnerReferences())
                .isEmpty();
        assertThat(plane.active()).hasSize(2);
    }
}
