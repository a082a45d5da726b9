package dev.jobctl.simulate;

import dev.jobctl.node.simulated.Act;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.resource.value.Kinds;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Runs one Indexed Job in a world with one node and prints figures; asserts nothing. Arguments: pods, parallelism,
/// `events` or `quiet`, runs.
final class WorldSpeed {
    private WorldSpeed() {}

    static void main(String[] args) {
        int pods = Integer.parseInt(args[0]);
        int parallelism = Integer.parseInt(args[1]);
        for (int run = 0; run < Integer.parseInt(args[3]); run++) {
            measure(pods, parallelism, args[2].equals("events"));
        }
    }

    private static void measure(int pods, int parallelism, boolean events) {
        WorldOptions options = WorldOptions.of(1, 1, Behaviour.always(Act.ends(Duration.ofSeconds(1), 0)))
                .withPodsPerNode(1_000_000);
        World world = new World(events ? options : options.withoutPodEvents());
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        world.create(Kinds.JOB, Jobs.indexed("big", pods, parallelism).build());
        world.pass(Duration.ofDays(1));
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        IO.println("pods=%d parallelism=%d events=%s seconds=%.2f cpu-us/pod=%.1f commits=%d revision=%d %s"
                .formatted(
                        pods,
                        parallelism,
                        events,
                        (System.nanoTime() - start) / 1e9,
                        cpuSeconds * 1e6 / pods,
                        world.commits(),
                        world.snapshot().revision(),
                        Jobs.conditions(world, "big")));
    }
}
