package dev.jobctl.simulate;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.node.HostFacts;
import dev.jobctl.node.simulated.RunRule;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Single settings of a scenario as users write them, on the command line and in files. Each gives the changed scenario
/// or a `Bad` with what to write.
public final class ScenarioWords {
    private static final int MOST_NODES = 1_000;

    private ScenarioWords() {}

    /// A rule; it counts after those that are there.
    public static Parsed<Scenario> run(Scenario scenario, String text) {
        return switch (RunRule.parse(text)) {
            case Parsed.Good<RunRule>(RunRule rule) -> {
                List<RunRule> rules = new ArrayList<>(scenario.rules());
                rules.add(rule);
                yield new Parsed.Good<>(scenario.withRules(rules));
            }
            case Parsed.Bad<RunRule>(String why) -> new Parsed.Bad<>(why);
        };
    }

    /// The same, but it counts before those that are there.
    public static Parsed<Scenario> fail(Scenario scenario, String text) {
        return switch (RunRule.parse(text)) {
            case Parsed.Good<RunRule>(RunRule rule) -> {
                List<RunRule> rules = new ArrayList<>(List.of(rule));
                rules.addAll(scenario.rules());
                yield new Parsed.Good<>(scenario.withRules(rules));
            }
            case Parsed.Bad<RunRule>(String why) -> new Parsed.Bad<>(why);
        };
    }

    public static Parsed<Scenario> duration(Scenario scenario, String text) {
        return switch (Spread.parse(text)) {
            case Parsed.Good<Spread>(Spread spread) -> new Parsed.Good<>(scenario.withDuration(spread));
            case Parsed.Bad<Spread>(String why) -> new Parsed.Bad<>(why);
        };
    }

    public static Parsed<Scenario> until(Scenario scenario, String text) {
        return GoDuration.parse(text) instanceof Parsed.Good<Duration>(Duration limit) && limit.isPositive()
                ? new Parsed.Good<>(scenario.withUntil(limit))
                : new Parsed.Bad<>("\"" + text + "\" is no time that can pass; write such as 24h or 90m");
    }

    /// The longest delay before failed pods are replaced.
    public static Parsed<Scenario> backoffCap(Scenario scenario, String text) {
        return GoDuration.parse(text) instanceof Parsed.Good<Duration>(Duration cap) && JobSettings.takesBackoffCap(cap)
                ? new Parsed.Good<>(scenario.withJobs(scenario.jobs().withBackoffCap(cap)))
                : new Parsed.Bad<>("\"" + text + "\" is no duration of at least 10s; write such as 6m or 10m");
    }

    public static Parsed<Scenario> seed(Scenario scenario, String text) {
        return text.matches("-?\\d{1,18}")
                ? new Parsed.Good<>(scenario.withSeed(Long.parseLong(text)))
                : new Parsed.Bad<>("\"" + text + "\" is no whole number; write such as 7");
    }

    public static Parsed<Scenario> start(Scenario scenario, String text) {
        Optional<Instant> start = Timestamps.parse(text);
        return start.isPresent()
                ? new Parsed.Good<>(scenario.withStart(start.get()))
                : new Parsed.Bad<>("\"" + text + "\" is no time; write such as 2026-01-01T00:00:00Z");
    }

    public static Parsed<Scenario> nodes(Scenario scenario, String text) {
        boolean fits = text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_NODES;
        return fits
                ? new Parsed.Good<>(scenario.withNodes(Integer.parseInt(text)))
                : new Parsed.Bad<>("\"" + text + "\" is no number of nodes; write 1 to " + MOST_NODES);
    }

    /// One property of each node: `pods`, `cpu` or `memory`.
    public static Parsed<Scenario> capacity(Scenario scenario, String what, String text) {
        HostFacts old = scenario.capacity();
        @Nullable Long amount = whole(text);
        if (amount == null || amount < 1) {
            return new Parsed.Bad<>("\"" + text + "\" is no amount of " + what + "; write such as "
                    + (what.equals("memory") ? "8Gi" : "4"));
        }
        int number = (int) Math.min(Integer.MAX_VALUE, amount);
        boolean memory = what.equals("memory");
        return new Parsed.Good<>(scenario.withCapacity(new HostFacts(
                what.equals("cpu") ? number : old.cpus(),
                memory ? amount : old.memoryBytes(),
                what.equals("pods") ? number : old.pods(),
                old.os(),
                old.architecture(),
                old.kernel(),
                old.osImage())));
    }

    private static @Nullable Long whole(String text) {
        try {
            return Quantities.parse(text).map(BigDecimal::longValue).orElse(null);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /// `5m suspend`.
    public static Parsed<Scenario> at(Scenario scenario, String text) {
        return switch (Action.parse(text)) {
            case Parsed.Good<Action>(Action action) -> new Parsed.Good<>(with(scenario, List.of(action)));
            case Parsed.Bad<Action>(String why) -> new Parsed.Bad<>(why);
        };
    }

    /// `2@10m` or `2@10m..20m`.
    public static Parsed<Scenario> loseNode(Scenario scenario, String text) {
        return switch (Action.losing(text)) {
            case Parsed.Good<List<Action>>(List<Action> actions) -> new Parsed.Good<>(with(scenario, actions));
            case Parsed.Bad<List<Action>>(String why) -> new Parsed.Bad<>(why);
        };
    }

    private static Scenario with(Scenario scenario, List<Action> more) {
        List<Action> all = new ArrayList<>(scenario.actions());
        all.addAll(more);
        return scenario.withActions(all);
    }

    /// What can only be judged of the whole; empty when nothing is wrong.
    public static List<String> complaints(Scenario scenario) {
        long added = scenario.actions().stream()
                .filter(action -> action.verb() == Action.Verb.ADD_NODE)
                .count();
        return scenario.actions().stream()
                .flatMap(action -> Optional.ofNullable(Hand.impossible(action, scenario.nodes() + (int) added))
                        .map(why ->
                                "at " + dev.jobctl.report.Times.print(action.at()) + ", " + action.words() + ": " + why)
                        .stream())
                .toList();
    }
}
