package dev.jobctl.node.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Parsed;
import dev.jobctl.std.Luck;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules and durations as users write them.
class RunRuleTest {
    private static RunRule rule(String text) {
        return switch (RunRule.parse(text)) {
            case Parsed.Good<RunRule>(RunRule rule) -> rule;
            case Parsed.Bad<RunRule>(String why) -> throw new AssertionError(text + ": " + why);
        };
    }

    @Test
    void aRuleSaysWhichRunsAndWhatTheyDo() {
        RunRule rule = rule("index=0,2-4:exit=3x2:duration=1m:term=ignore:log=time: {run}");

        assertThat(rule.when().indexes()).hasToString("0,2-4");
        assertThat(Objects.requireNonNull(rule.exit()).result()).isEqualTo(Act.Result.code(3));
        assertThat(rule.exit().times()).isEqualTo(2);
        assertThat(rule.duration()).isEqualTo(Spread.of(Duration.ofMinutes(1)));
        assertThat(rule.term()).isEqualTo(new RunRule.Term(null));
        assertThat(rule.lines()).containsExactly("time: {run}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index=3:exit=300 | column 9: exit=300 is no exit code",
                "indx=3:exit=1 | column 1: unknown key \"indx\"",
                "index=3 | it does not say what happens",
                "index=x:oom | column 1: index=x is no set of indexes",
                "run=0:oom | column 1: run=0 is no range of runs",
                "run=4-2:oom | column 1: run=4-2 ends before it begins",
                "chance=101%:oom | column 1: chance=101% is no percentage",
                "oom=2 | column 1: oom takes no value",
                "exit= | column 1: exit has no value",
                "exit=1::oom | column 8: an empty part",
                "duration=5 | column 1: duration: \"5\" is no duration: write 30s",
                "start=soon | column 1: start=soon is unknown; write start=never",
            })
    void whatIsWrongIsNamedWithItsColumn(String text, String complaint) {
        assertThat(RunRule.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.message()).startsWith(complaint));
    }

    @ParameterizedTest
    @CsvSource({
        "30s, 30s, 30s",
        "30s±5s, 25s, 35s",
        "30s+-5s, 25s, 35s",
        "10s..60s, 10s, 60s",
        "1m..10s, 10s, 60s",
        "5s±1m, 0s, 65s"
    })
    void aSpreadIsDrawnBetweenItsEnds(String text, String least, String most) {
        Spread spread = spread(text);

        assertThat(spread)
                .isEqualTo(new Spread(spread(least).least(), spread(most).most()));
        Luck luck = Luck.seeded(5);
        for (int i = 0; i < 1_000; i++) {
            assertThat(spread.draw(luck)).isBetween(spread.least(), spread.most());
        }
    }

    private static Spread spread(String text) {
        return ((Parsed.Good<Spread>) Spread.parse(text)).value();
    }
}
