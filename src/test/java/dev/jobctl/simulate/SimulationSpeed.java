package dev.jobctl.simulate;

import com.sun.management.ThreadMXBean;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.report.Timeline;
import dev.jobctl.report.TimelineText;
import dev.jobctl.resource.value.Kinds;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/// Plays one Indexed Job as `jobctl simulate` does, with its timeline as text, and prints figures; asserts nothing.
/// Arguments: pods, parallelism, nodes, runs. CPU time and bytes are those of the one thread, without the collector's.
final class SimulationSpeed {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SimulationSpeed() {}

    static void main(String[] args) {
        int pods = Integer.parseInt(args[0]);
        for (int run = 0; run < Integer.parseInt(args[3]); run++) {
            IO.println(measure(pods, Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        }
    }

    private static String measure(int pods, int parallelism, int nodes) {
        Scenario scenario = Scenario.of(List.of(new Scenario.Item(
                        Kinds.JOB, Jobs.indexed("big", pods, parallelism).build())))
                .withNodes(nodes)
                .withDuration(Spread.of(Duration.ofSeconds(1)));
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long collected = collections();
        Timeline timeline = WorstCases.add(Simulation.run(scenario, Simulation.Telling.SHORT), scenario);
        long played = THREADS.getCurrentThreadCpuTime();
        String text = TimelineText.of(timeline, 120);
        long told = THREADS.getCurrentThreadCpuTime();
        return "pods=%d wall=%.3fs play=%.1fus/pod text=%.1fus/pod bytes=%d/pod gc=%.2fs lines=%d %s"
                .formatted(
                        pods,
                        (System.nanoTime() - wall) / 1e9,
                        (played - cpu) / 1e3 / pods,
                        (told - played) / 1e3 / pods,
                        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / pods,
                        (collections() - collected) / 1e3,
                        text.lines().count(),
                        timeline.jobs().getFirst().outcome());
    }

    /// Milliseconds so far.
    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
