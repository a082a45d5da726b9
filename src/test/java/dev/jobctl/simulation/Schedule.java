package dev.jobctl.simulation;

import dev.jobctl.node.simulated.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Everything that a run depends on; two runs of one schedule are equal.
///
/// @param seed of names and uids
/// @param acts what the first runs of containers do, in the order of their starts; all later ones end well after 1 s
record Schedule(long seed, int nodes, int podsPerNode, List<JobPlan> jobs, List<Act> acts, List<Step> steps) {
    static final Act LATER = Act.ends(Duration.ofSeconds(1), 0);

    Schedule {
        jobs = List.copyOf(jobs);
        acts = List.copyOf(acts);
        steps = List.copyOf(steps);
    }

    /// @param after how long after the one before
    record Step(Duration after, Move move) {
        @Override
        public String toString() {
            return (after.isZero() ? "at once" : "after " + text(after)) + " " + move;
        }
    }

    Schedule withJobs(List<JobPlan> others) {
        return new Schedule(seed, nodes, podsPerNode, others, acts, steps);
    }

    Schedule withActs(List<Act> others) {
        return new Schedule(seed, nodes, podsPerNode, jobs, others, steps);
    }

    Schedule withSteps(List<Step> others) {
        return new Schedule(seed, nodes, podsPerNode, jobs, acts, others);
    }

    Schedule withNodes(int count, int pods) {
        return new Schedule(seed, count, pods, jobs, acts, steps);
    }

    /// For people.
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("  seed " + seed + ", " + nodes + " node(s) of " + podsPerNode + " pods");
        for (int i = 0; i < jobs.size(); i++) {
            lines.add("  job " + i + ": " + jobs.get(i));
        }
        for (int i = 0; i < acts.size(); i++) {
            if (!acts.get(i).equals(LATER)) {
                lines.add("  run " + (i + 1) + ": " + text(acts.get(i)));
            }
        }
        lines.add("  other runs: " + text(LATER));
        steps.forEach(step -> lines.add("  " + step));
        return String.join("\n", lines);
    }

    private static String text(Act act) {
        return switch (act) {
            case Act.Run run ->
                (run.startsAfter().isZero() ? "" : "starts after " + text(run.startsAfter()) + ", ")
                        + (run.runs() == null ? "runs on" : "runs " + text(run.runs()) + ", ends " + result(run))
                        + (run.stopsAfter() == null
                                ? ", ignores SIGTERM"
                                : run.stopsAfter().isZero() ? "" : ", takes " + text(run.stopsAfter()) + " to stop");
            case Act.Delayed delayed -> "waits: " + delayed.reason();
            case Act.Broken broken -> "cannot start: " + broken.reason();
            case Act.Stuck() -> "never starts";
        };
    }

    private static String result(Act.Run run) {
        return run.result().outOfMemory()
                ? "out of memory"
                : Integer.toString(run.result().exitCode());
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
