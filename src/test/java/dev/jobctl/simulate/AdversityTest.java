package dev.jobctl.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdversityTest {
    private static final int DRAWN = 60;

    /// What is reckoned of a plain Job is what playing it gives, to the second and the pod.
    @Test
    void reckoningAgreesWithPlaying() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < DRAWN; i++) {
            Job job = draw(random);
            long millis = 200L * (1 + random.nextInt(200));
            Duration cap = Duration.ofSeconds(10 + random.nextInt(400));
            Scenario scenario = scenario(job, millis).withJobs(JobSettings.DEFAULT.withBackoffCap(cap));
            for (List<String> both : WorstCases.bothWays(job, scenario)) {
                assertThat(both.getLast())
                        .as("%s, runs of %s ms", job.getSpec(), millis)
                        .isEqualTo(both.getFirst());
            }
        }
    }

    private static Job draw(SplittableRandom random) {
        int completions = 1 + random.nextInt(9);
        int parallelism = 1 + random.nextInt(6);
        boolean indexed = random.nextBoolean();
        boolean perIndex = indexed && random.nextInt(3) == 0;
        boolean inPlace = !perIndex && random.nextInt(4) == 0;
        var spec = Jobs.indexed("pi", completions, parallelism).editSpec();
        spec.withCompletionMode(indexed ? "Indexed" : "NonIndexed");
        spec.withBackoffLimit(inPlace ? random.nextInt(1 + Math.min(parallelism, completions)) : random.nextInt(8));
        if (perIndex) {
            spec.withBackoffLimitPerIndex(random.nextInt(3));
            spec.withBackoffLimit(random.nextBoolean() ? null : 2 + random.nextInt(20));
            spec.withMaxFailedIndexes(random.nextBoolean() ? null : random.nextInt(completions));
        }
        if (random.nextInt(3) == 0) {
            spec.withActiveDeadlineSeconds(1L + random.nextInt(120));
        }
        return spec.editTemplate()
                .editSpec()
                .withRestartPolicy(inPlace ? "OnFailure" : "Never")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// Exact also where playing would take long.
    @ParameterizedTest
    @CsvSource({"100000, 1000, 3, 1000", "100000, 100000, 30, 100000", "20000, 100, 600, 100"})
    void largeJobsHaveAWorstCase(int completions, int parallelism, long seconds, int pods) {
        Job job = Jobs.indexed("big", completions, parallelism).build();
        Adversity plain = Adversity.of(job, scenario(job, seconds * 1000).withNodes(1_000))
                .orElseThrow();

        Adversity.End end = plain.everyRunFails(Duration.ofDays(30));
        assertThat(end).isEqualTo(new Adversity.End(Duration.ofSeconds(seconds), pods));
        assertThat(plain.theLastFails(Duration.ofDays(300)).took())
                .isGreaterThan(Duration.ofSeconds(seconds * (completions / parallelism + 6)));
    }

    @Test
    void thePodBackoffGrowsToItsCap() {
        Job job = Jobs.indexed("pi", 1, 1)
                .editSpec()
                .withBackoffLimit(6)
                .endSpec()
                .build();
        Scenario scenario = scenario(job, 1000).withJobs(JobSettings.DEFAULT.withBackoffCap(Duration.ofMinutes(1)));

        assertThat(Adversity.of(job, scenario).orElseThrow().everyRunFails(Duration.ofDays(1)))
                .as("7 runs of 1 s, waits of 10, 20, 40, 60, 60, 60 s")
                .isEqualTo(new Adversity.End(Duration.ofSeconds(257), 7));
        assertThat(WorstCases.bothWays(job, scenario))
                .allSatisfy(both -> assertThat(both.getLast()).isEqualTo(both.getFirst()));
    }

    private static Scenario scenario(Job job, long millis) {
        return Scenario.of(List.of(new Scenario.Item(Kinds.JOB, job)))
                .withDuration(Spread.of(Duration.ofMillis(millis)));
    }
}
