package dev.jobctl.simulate;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.loop.Decider;
import dev.jobctl.loop.LoopOptions;
import dev.jobctl.report.Timeline;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays a scenario to its end: the Jobs have ended and nothing of them runs, or nothing happens any more, or the limit
/// is reached. Pure but for what it makes: the same scenario gives the same timeline.
public final class Simulation {
    private final Scenario scenario;
    private final Instant end;
    private final World world;
    private final Narration narration;
    private final Unended unended = new Unended();
    private final Hand hand;
    private final PriorityQueue<Due> actions = new PriorityQueue<>(
            Comparator.comparing((Due due) -> due.action().at()).thenComparingInt(Due::order));
    /// A CronJob makes Jobs as long as the world stands.
    private final boolean endless;

    private int planned;

    /// In the order of the scenario where times are equal.
    private record Due(Action action, int order) {}

    /// What a timeline has beside the main things.
    ///
    /// @param details what another line tells already, or is of little interest
    /// @param rules counters and rules at each step
    public record Telling(boolean details, boolean rules) {
        static final Telling SHORT = new Telling(false, false);
    }

    private Simulation(Scenario scenario, Telling telling, Narration narration, Clock clock) {
        this.scenario = scenario;
        this.narration = narration;
        end = scenario.start().plus(scenario.until());
        endless =
                scenario.objects().stream().anyMatch(item -> item.kind().kind().equals("CronJob"));
        WorldOptions options = scenario.world()
                .withConsole((pod, container, attempt, at, line) ->
                        narration.say(Kind.LOG, "pod/" + pod.key().name(), "| " + line))
                .withLoop(overheard(scenario.jobs(), narration, telling.rules())
                        .withUnkept(telling.details() ? Set.of() : Observer.TOLD));
        world = new World(options, MemoryStore.unwatched());
        clock.follow(world);
        world.listen(unended);
        world.listen(narration);
        hand = new Hand(world, narration);
        scenario.actions().forEach(this::plan);
    }

    /// Stands still until the world is there.
    private static final class Clock {
        private final Instant start;
        private @Nullable World world;

        Clock(Instant start) {
            this.start = start;
        }

        void follow(World followed) {
            world = followed;
        }

        Instant now() {
            return world == null ? start : world.now();
        }
    }

    private static LoopOptions overheard(JobSettings jobs, Narration narration, boolean explain) {
        LoopOptions standard = LoopOptions.of(jobs);
        List<Decider> deciders = new ArrayList<>();
        for (Decider decider : standard.deciders()) {
            deciders.add(
                    decider.name().equals("job")
                            ? new Explaining(decider, narration, jobs.podBackoff(), explain)
                            : decider);
        }
        return standard.withDeciders(deciders);
    }

    public static Timeline run(Scenario scenario, Telling telling) {
        return run(scenario, telling, () -> {});
    }

    /// `between` is asked between two moments, and ends the simulation by throwing.
    public static Timeline run(Scenario scenario, Telling telling, Runnable between) {
        Clock clock = new Clock(scenario.start());
        Observer observer = new Observer(scenario.start(), telling.details());
        try (Narration narration = new Narration(observer, clock::now)) {
            Simulation simulation = new Simulation(scenario, telling, narration, clock);
            World world = simulation.world;
            try (world) {
                return simulation.play(between);
            }
        }
    }

    private Timeline play(Runnable between) {
        scenario.objects().stream()
                .filter(item -> item.kind().namespaced())
                .map(item -> item.object().getMetadata().getNamespace())
                .distinct()
                .forEach(world::ensureNamespace);
        for (Scenario.Item item : scenario.objects()) {
            Optional<Outcome> outcome = world.create(item.kind(), item.object());
            if (outcome.isPresent() && !(outcome.get() instanceof Outcome.Stored)) {
                String name = item.kind().singular() + "/"
                        + item.object().getMetadata().getName();
                narration.say(Kind.ACTION, name, "not created: " + words(outcome.get()));
            }
        }
        while (!done() && step()) {
            narration.checkHeard();
            between.run();
        }
        Observer observer = narration.end();
        return new Timeline(
                scenario.start(),
                Duration.between(scenario.start(), world.now()),
                scenario.seed(),
                scenario.nodes(),
                observer.entries(),
                observer.jobs().ends());
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exists() -> "it exists already";
            case Outcome.Refused(var status) -> status.getMessage();
            default -> outcome.getClass().getSimpleName();
        };
    }

    private void plan(Action action) {
        actions.add(new Due(action, planned++));
    }

    private boolean done() {
        return actions.isEmpty()
                && !endless
                && unended.isEmpty()
                && world.nodes().stream().allMatch(node -> !node.reachable() || node.activePods() == 0);
    }

    /// On to the next thing that happens, by itself or by an action; false when there is none until the end.
    private boolean step() {
        @Nullable Due due = actions.peek();
        Instant limit = due == null
                ? end
                : earlier(end, scenario.start().plus(due.action().at()));
        if (world.next().filter(next -> !next.isAfter(limit)).isPresent()) {
            world.advance(limit);
            return true;
        }
        if (due == null || scenario.start().plus(due.action().at()).isAfter(end)) {
            if (world.next().isPresent() || due != null) {
                world.passUntil(end);
            }
            return false;
        }
        actions.remove();
        world.passUntil(limit);
        hand.act(due.action()).ifPresent(this::plan);
        return true;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
