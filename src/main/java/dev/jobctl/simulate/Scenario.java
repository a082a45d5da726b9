package dev.jobctl.simulate;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.node.HostFacts;
import dev.jobctl.node.simulated.Rules;
import dev.jobctl.node.simulated.RunRule;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.std.Check;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is simulated.
///
/// @param until since the start; a Job that has not ended by then is left
/// @param nodes how many
/// @param capacity of each
/// @param duration of a run that no rule speaks of
/// @param rules first those that count first
/// @param actions in any order
/// @param jobs settings of the Job controller
/// @param objects created at the start, in order, complete but for what the API fills in
public record Scenario(
        long seed,
        Instant start,
        Duration until,
        int nodes,
        HostFacts capacity,
        Spread duration,
        List<RunRule> rules,
        List<Action> actions,
        JobSettings jobs,
        List<Item> objects) {
    public static final Duration DAY = Duration.ofDays(1);

    /// Of a run, where nobody says: long enough to be seen in a timeline.
    public static final Spread RUN = Spread.of(Duration.ofSeconds(30));

    public Scenario {
        Check.that(nodes > 0 && until.isPositive(), "nodes=%s until=%s", nodes, until);
        rules = List.copyOf(rules);
        actions = List.copyOf(actions);
        objects = List.copyOf(objects);
    }

    /// One object and its kind.
    public record Item(Kind kind, HasMetadata object) {}

    /// One large node, no accident, seed 1.
    public static Scenario of(List<Item> objects) {
        return new Scenario(
                1,
                WorldOptions.START,
                DAY,
                1,
                WorldOptions.LARGE,
                RUN,
                List.of(),
                List.of(),
                JobSettings.DEFAULT,
                objects);
    }

    public Scenario withObjects(List<Item> others) {
        return new Scenario(seed, start, until, nodes, capacity, duration, rules, actions, jobs, others);
    }

    public Scenario withRules(List<RunRule> others) {
        return new Scenario(seed, start, until, nodes, capacity, duration, others, actions, jobs, objects);
    }

    public Scenario withDuration(Spread other) {
        return new Scenario(seed, start, until, nodes, capacity, other, rules, actions, jobs, objects);
    }

    public Scenario withActions(List<Action> others) {
        return new Scenario(seed, start, until, nodes, capacity, duration, rules, others, jobs, objects);
    }

    public Scenario withSeed(long other) {
        return new Scenario(other, start, until, nodes, capacity, duration, rules, actions, jobs, objects);
    }

    public Scenario withNodes(int count) {
        return new Scenario(seed, start, until, count, capacity, duration, rules, actions, jobs, objects);
    }

    public Scenario withCapacity(HostFacts each) {
        return new Scenario(seed, start, until, nodes, each, duration, rules, actions, jobs, objects);
    }

    public Scenario withUntil(Duration limit) {
        return new Scenario(seed, start, limit, nodes, capacity, duration, rules, actions, jobs, objects);
    }

    public Scenario withStart(Instant first) {
        return new Scenario(seed, first, until, nodes, capacity, duration, rules, actions, jobs, objects);
    }

    public Scenario withJobs(JobSettings settings) {
        return new Scenario(seed, start, until, nodes, capacity, duration, rules, actions, settings, objects);
    }

    WorldOptions world() {
        return WorldOptions.of(seed, nodes, new Rules(seed, rules, duration))
                .withCapacity(capacity)
                .withStart(start);
    }
}
