package dev.jobctl.simulate;

import dev.jobctl.node.simulated.RunRule;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.report.Timeline;
import dev.jobctl.report.Timeline.JobEnd;
import dev.jobctl.report.Timeline.WorstCase;
import dev.jobctl.report.Times;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.std.Check;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays a scenario again as badly as its Jobs' settings allow, and keeps the worst. The runs last as long as the
/// scenario says they may at most; what is done to the world stays the same.
public final class WorstCases {
    /// Those of larger Jobs would take longer than anybody waits, where they cannot be reckoned.
    private static final int MOST_PODS = 5_000;

    /// Long enough for every back-off of the usual limits.
    private static final Duration PATIENCE = Duration.ofDays(30);

    private WorstCases() {}

    /// One adverse way to play, and how a plain Job ends in it.
    private record Variant(String words, Scenario scenario, BiFunction<Adversity, Duration, Adversity.End> reckoning) {}

    /// What came of one.
    private record Ending(@Nullable Duration failedAfter, int pods) {}

    /// `timeline` with a worst case for each Job that is plain or small enough.
    public static Timeline add(Timeline timeline, Scenario scenario) {
        List<JobEnd> ends = new ArrayList<>();
        for (JobEnd end : timeline.jobs()) {
            @Nullable Job job = job(scenario, end.name());
            ends.add(job == null ? end : withWorst(end, job, scenario));
        }
        return new Timeline(
                timeline.start(), timeline.took(), timeline.seed(), timeline.nodes(), timeline.entries(), ends);
    }

    private static @Nullable Job job(Scenario scenario, String name) {
        return scenario.objects().stream()
                .map(Scenario.Item::object)
                .filter(object ->
                        object instanceof Job && object.getMetadata().getName().equals(name))
                .map(Job.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static int size(JobSpec spec) {
        return Math.max(or(spec.getCompletions(), 1), or(spec.getParallelism(), 1));
    }

    private static int or(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    private static JobEnd withWorst(JobEnd end, Job job, Scenario scenario) {
        Optional<Adversity> plain = Adversity.of(job, scenario);
        if (plain.isEmpty() && size(job.getSpec()) > MOST_PODS) {
            return end;
        }
        @Nullable Duration longest = null;
        String longestWhen = "";
        int most = end.podsCreated();
        String mostWhen = "as simulated";
        for (Variant variant : variants(job, scenario)) {
            Ending adverse = plain.map(each -> reckoned(each, variant)).orElseGet(() -> played(end, variant));
            @Nullable Duration failedAfter = adverse.failedAfter();
            if (failedAfter != null && (longest == null || failedAfter.compareTo(longest) > 0)) {
                longest = failedAfter;
                longestWhen = variant.words();
            }
            if (adverse.pods() > most) {
                most = adverse.pods();
                mostWhen = variant.words();
            }
        }
        var worst = new WorstCase(longest, longestWhen, most, mostWhen, notes(job.getSpec()));
        return new JobEnd(
                end.name(),
                end.outcome(),
                end.reason(),
                end.message(),
                end.exitCode(),
                end.took(),
                end.podsCreated(),
                end.succeeded(),
                end.failed(),
                end.waited(),
                end.completedIndexes(),
                end.failedIndexes(),
                worst);
    }

    private static Ending reckoned(Adversity plain, Variant variant) {
        Adversity.End end = variant.reckoning().apply(plain, variant.scenario().until());
        return new Ending(end.took(), end.pods());
    }

    private static Ending played(JobEnd end, Variant variant) {
        JobEnd adverse = Simulation.run(variant.scenario(), Simulation.Telling.SHORT).jobs().stream()
                .filter(other -> other.name().equals(end.name()))
                .findFirst()
                .orElse(end);
        return new Ending(adverse.outcome().equals("Failed") ? adverse.took() : null, adverse.podsCreated());
    }

    /// What each adverse way comes to when it is played, and when it is reckoned, for a plain Job: in words, the same.
    static List<List<String>> bothWays(Job job, Scenario scenario) {
        Adversity plain = Adversity.of(job, scenario).orElseThrow();
        JobEnd none = Simulation.run(scenario, Simulation.Telling.SHORT).jobs().getFirst();
        return variants(job, scenario).stream()
                .map(each ->
                        List.of(each.words() + ": " + played(none, each), each.words() + ": " + reckoned(plain, each)))
                .toList();
    }

    private static List<String> notes(JobSpec spec) {
        List<String> notes = new ArrayList<>();
        if (spec.getActiveDeadlineSeconds() == null) {
            notes.add("a run that never ends keeps the Job for ever: activeDeadlineSeconds is not set");
        } else {
            notes.add("activeDeadlineSeconds bounds it: " + spec.getActiveDeadlineSeconds() + " s after the start");
        }
        return notes;
    }

    private static List<Variant> variants(Job job, Scenario scenario) {
        JobSpec spec = job.getSpec();
        String name = job.getMetadata().getName();
        Spread latest = latest(scenario);
        String each = "fails at its latest moment, after " + Times.print(latest.most());
        Scenario adverse = scenario.withUntil(longer(scenario.until())).withDuration(latest);
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(
                "every run " + each,
                adverse.withRules(List.of(rule("job=" + name + ":exit=1"))),
                Adversity::everyRunFails));
        int completions = or(spec.getCompletions(), 1);
        if (completions > 1) {
            boolean indexed = "Indexed".equals(spec.getCompletionMode());
            String last = indexed ? ":index=" + (completions - 1) : ":run=" + completions + "-";
            variants.add(new Variant(
                    (indexed
                                    ? "all indexes but the last succeed, of which every run "
                                    : "all but one succeed, then every run ")
                            + each,
                    adverse.withRules(List.of(rule("job=" + name + last + ":exit=1"))),
                    Adversity::theLastFails));
        }
        if (spec.getActiveDeadlineSeconds() != null) {
            variants.add(new Variant(
                    "no run ever ends, so that activeDeadlineSeconds passes",
                    adverse.withDuration(Spread.of(PATIENCE.multipliedBy(2))).withRules(List.of()),
                    Adversity::noRunEnds));
        }
        return variants;
    }

    private static Duration longer(Duration until) {
        return until.compareTo(PATIENCE) > 0 ? until : PATIENCE;
    }

    private static RunRule rule(String text) {
        Parsed<RunRule> parsed = RunRule.parse(text);
        Check.that(parsed instanceof Parsed.Good<RunRule>, "rule=%s %s", text, parsed);
        return ((Parsed.Good<RunRule>) parsed).value();
    }

    /// The longest that any run of the scenario may last.
    static Spread latest(Scenario scenario) {
        Duration most = Stream.concat(
                        Stream.of(scenario.duration()),
                        scenario.rules().stream().flatMap(rule -> Stream.ofNullable(rule.duration())))
                .map(Spread::most)
                .max(Duration::compareTo)
                .orElseThrow();
        return Spread.of(most);
    }
}
