package dev.jobctl.simulation;

import dev.jobctl.loop.Decider;
import dev.jobctl.node.simulated.Act;
import dev.jobctl.simulation.Schedule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a failing schedule smaller as long as it breaks the same rule: without steps, Jobs, words of Jobs, odd runs,
/// nodes and pauses that do not matter. Lists shrink by halves first, then by single elements.
final class Shrinker {
    /// A play takes some milliseconds, so this is about a second or two.
    private static final int MAX_PLAYS = 600;

    private final List<Decider> deciders;
    private Schedule best;
    private Violation violation;
    private int plays;

    record Shrunk(Schedule schedule, Violation violation, int plays) {}

    private Shrinker(Schedule schedule, Violation violation, List<Decider> deciders) {
        this.best = schedule;
        this.violation = violation;
        this.deciders = deciders;
    }

    static Shrunk shrink(Schedule schedule, Violation violation, List<Decider> deciders) {
        Shrinker shrinker = new Shrinker(schedule, violation, deciders);
        boolean smaller = true;
        while (smaller && shrinker.plays < MAX_PLAYS) {
            smaller = shrinker.round();
        }
        return new Shrunk(shrinker.best, shrinker.violation, shrinker.plays);
    }

    /// Whether anything became smaller.
    private boolean round() {
        boolean smaller = dropParts(best.steps(), best::withSteps, 0);
        smaller |= dropParts(best.jobs(), best::withJobs, 1);
        smaller |= words();
        smaller |= acts();
        smaller |= accept(best.withNodes(1, best.podsPerNode()));
        smaller |= accept(best.withNodes(best.nodes(), 110));
        smaller |= pauses();
        return smaller;
    }

    private boolean accept(Schedule candidate) {
        if (candidate.equals(best) || plays >= MAX_PLAYS) {
            return false;
        }
        plays++;
        @Nullable Violation found = Campaign.play(candidate, deciders);
        if (found == null || !found.rule().equals(violation.rule())) {
            return false;
        }
        best = candidate;
        violation = found;
        return true;
    }

    private <T> boolean dropParts(List<T> all, Function<List<T>, Schedule> with, int least) {
        boolean smaller = false;
        List<T> left = all;
        for (int size = Math.max(1, all.size() / 2); size > 0; size /= 2) {
            int from = 0;
            while (from < left.size()) {
                List<T> fewer = new ArrayList<>(left.subList(0, from));
                fewer.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
                if (fewer.size() >= least && accept(with.apply(fewer))) {
                    left = fewer;
                    smaller = true;
                } else {
                    from += size;
                }
            }
        }
        return smaller;
    }

    private boolean words() {
        boolean smaller = false;
        for (int i = 0; i < best.jobs().size(); i++) {
            for (String word : List.copyOf(best.jobs().get(i).words().keySet())) {
                List<JobPlan> jobs = new ArrayList<>(best.jobs());
                jobs.set(i, jobs.get(i).without(word));
                smaller |= accept(best.withJobs(jobs));
            }
        }
        return smaller;
    }

    private boolean acts() {
        boolean smaller = dropParts(best.acts(), best::withActs, 0);
        for (int i = 0; i < best.acts().size(); i++) {
            smaller |= accept(with(i, Schedule.LATER));
            if (best.acts().get(i) instanceof Act.Run run) {
                smaller |= accept(with(
                        i,
                        new Act.Run(run.number(), Duration.ZERO, run.runs(), run.result(), Duration.ZERO, List.of())));
                smaller |= accept(with(
                        i,
                        new Act.Run(
                                run.number(),
                                Duration.ZERO,
                                Duration.ofSeconds(1),
                                run.result(),
                                run.stopsAfter(),
                                List.of())));
            }
        }
        return smaller;
    }

    private Schedule with(int at, Act act) {
        List<Act> acts = new ArrayList<>(best.acts());
        acts.set(at, act);
        return best.withActs(acts);
    }

    private boolean pauses() {
        boolean smaller = false;
        for (int i = 0; i < best.steps().size(); i++) {
            Step step = best.steps().get(i);
            smaller |= accept(with(i, new Step(Duration.ZERO, step.move())));
            smaller |= accept(with(i, new Step(Duration.ofSeconds(step.after().toSeconds()), step.move())));
        }
        return smaller;
    }

    private Schedule with(int at, Step step) {
        List<Step> steps = new ArrayList<>(best.steps());
        steps.set(at, step);
        return best.withSteps(steps);
    }
}
