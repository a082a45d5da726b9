package dev.jobctl.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.node.simulated.Spread;
import dev.jobctl.report.Timeline;
import dev.jobctl.report.TimelineText;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.simulate.Simulation.Telling;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    private static final Map<String, BiFunction<Scenario, String, Parsed<Scenario>>> WORDS = Map.of(
            "fail", ScenarioWords::fail,
            "at", ScenarioWords::at,
            "lose", ScenarioWords::loseNode,
            "until", ScenarioWords::until,
            "nodes", ScenarioWords::nodes);

    /// What only a full timeline tells is left out of a short one, and nothing else: not a name, not a time.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Never     | fail duration=5s
        Never     | fail chance=40%:exit=1
        OnFailure | fail exit=1x3
        OnFailure | fail exit=1
        OnFailure | fail chance=30%:oom; fail duration=70m
        Never     | fail start=never
        Never     | fail index=1:start=never; until 3h
        Never     | fail start=no-image; until 2h
        Never     | nodes 3; lose 2@10s..20m; fail duration=1m
        Never     | at 10s suspend; at 2h resume
        """)
    void aShortTimelineIsTheFullOneWithoutDetails(String restart, String words) {
        Scenario scenario = scenario(restart, words);
        Timeline full = Simulation.run(scenario, new Telling(true, true));
        Timeline brief = Simulation.run(scenario, new Telling(false, true));

        assertThat(brief.entries()).noneMatch(Timeline.Entry::detail);
        assertThat(TimelineText.of(brief, 200)).isEqualTo(TimelineText.of(full, 200));
    }

    /// Found by reading: who listened to the Job controller did not pass this question on.
    @Test
    void whoAsksBetweenTwoMomentsMayEndIt() {
        Scenario scenario = Scenario.of(List.of(
                new Scenario.Item(Kinds.JOB, Jobs.indexed("long", 10_000, 1).build())));
        AtomicInteger moments = new AtomicInteger();
        assertThatThrownBy(() -> Simulation.run(scenario, Telling.SHORT, () -> {
                    if (moments.incrementAndGet() == 10) {
                        throw new CancellationException("enough");
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(moments).hasValue(10);
    }

    @Test
    void aPodThatWaitsForItsQuotaComesWhenAnotherEnds() {
        ResourceQuota one = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("one")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity("1"))
                .endSpec()
                .build();
        Scenario scenario = Scenario.of(List.of(
                        new Scenario.Item(Kinds.RESOURCE_QUOTA, one),
                        new Scenario.Item(Kinds.JOB, Jobs.indexed("pi", 3, 3).build())))
                .withDuration(Spread.of(Duration.ofSeconds(10)));

        assertThat(Simulation.run(scenario, Telling.SHORT).jobs().getFirst().took())
                .isEqualTo(Duration.ofSeconds(30));
    }

    private static Scenario scenario(String restart, String words) {
        var job = Jobs.indexed("pi", 6, 4)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withRestartPolicy(restart)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        Scenario scenario = Scenario.of(List.of(new Scenario.Item(Kinds.JOB, job)));
        for (String each : words.split("; ")) {
            String[] word = each.split(" ", 2);
            scenario = switch (Objects.requireNonNull(WORDS.get(word[0])).apply(scenario, word[1])) {
                case Parsed.Good<Scenario>(Scenario next) -> next;
                case Parsed.Bad<Scenario>(String why) -> throw new IllegalArgumentException(why);
            };
        }
        return scenario;
    }
}
