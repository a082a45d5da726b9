package dev.jobctl.simulation;

import java.time.Duration;

/// The long form, for a night: `scripts/soak`. Arguments: minutes, first seed.
final class Soak {
    private static final long BATCH = 20_000;

    private Soak() {}

    static void main(String[] args) {
        Duration limit = Duration.ofMinutes(Long.parseLong(args[0]));
        long from = Long.parseLong(args[1]);
        long end = System.nanoTime() + limit.toNanos();
        long played = 0;
        while (System.nanoTime() < end) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            Campaign.Result result = Campaign.run(Campaign.honest(), from + played, BATCH, left);
            played += result.played();
            if (result.failure() != null) {
                IO.println(Campaign.report(
                        result.failure().getKey(), result.failure().getValue(), Campaign.honest()));
                System.exit(1);
            }
            IO.println("%,d schedules from seed %d: no invariant broken".formatted(played, from));
        }
    }
}
