package dev.jobctl.simulation;

import java.time.Duration;

/// The long forms of `scripts/soak`. Arguments: first seed, how many schedules, after how many minutes it is enough.
final class Soak {
    private static final long BATCH = 20_000;

    private Soak() {}

    static void main(String[] args) {
        long from = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        long begun = System.nanoTime();
        Duration limit = Duration.ofMinutes(Long.parseLong(args[2]));
        Tally tally = Tally.NONE;
        while (tally.schedules() < count && since(begun).compareTo(limit) < 0) {
            long next = from + tally.schedules();
            long batch = Math.min(BATCH, count - tally.schedules());
            Campaign.Result result = Campaign.run(Campaign.honest(), next, batch, limit.minus(since(begun)));
            if (result.failure() != null) {
                IO.println(Campaign.report(
                        result.failure().getKey(), result.failure().getValue(), Campaign.honest()));
                System.exit(1);
            }
            tally = tally.plus(result.tally());
            IO.println("%,d schedules from seed %d in %.1f s, no invariant broken: %s"
                    .formatted(tally.schedules(), from, since(begun).toMillis() / 1e3, tally));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
