package dev.jobctl.simulation;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.loop.Decider;
import dev.jobctl.loop.Deciders;
import java.util.List;

final class Soak {
    private Soak() {}

    static void main(String[] args) {
        long from = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        List<Decider> deciders = Deciders.all(JobSettings.DEFAULT);
        java.util.Map<String, Long> rules = new java.util.TreeMap<>();
        java.util.Map<String, Integer> n = new java.util.TreeMap<>();
        long mark = 0;
        long cpu = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (long seed = from; seed < from + count; seed++) {
            Schedule schedule = Generator.draw(seed);
            if ((seed - from) % 4000 == 3999) {
                long at = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                IO.println("  ms " + (at - mark) / 1e6 / 4000);
                mark = at;
            }
            try {
                Player.play(schedule, deciders);
            } catch (Throwable e) {
                String rule = e instanceof Violation v ? v.rule() : e.toString();
                n.merge(rule, 1, Integer::sum);
                if (rules.putIfAbsent(rule, seed) == null || count == 1) {
                    IO.println("seed " + seed + "\n" + schedule + "\n" + e.getMessage());
                    if (!(e instanceof Violation) || count == 1) {
                        e.printStackTrace();
                    }
                }
            }
        }
        IO.println(n + " " + rules);
        IO.println("cpu ms/schedule "
                + (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6 / count);
    }
}
