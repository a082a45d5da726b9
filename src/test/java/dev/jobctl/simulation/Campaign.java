package dev.jobctl.simulation;

import dev.jobctl.loop.Decider;
import dev.jobctl.loop.LoopOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Plays many seeds on all processors, until `count` are played, one failed or the time is up. Each schedule is played
/// by one thread.
final class Campaign {
    private final List<Decider> deciders;
    private final AtomicLong next;
    private final long end;
    private final long deadline;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private Tally played = Tally.NONE;

    /// By seed; guarded by the lock.
    private final TreeMap<Long, Violation> failures = new TreeMap<>();

    /// @param tally of the schedules that went well
    /// @param failure of the lowest failing seed among those played, null for none
    record Result(Tally tally, Map.@Nullable Entry<Long, Violation> failure) {
        /// How many schedules, a failing one among them.
        long played() {
            return tally.schedules() + (failure == null ? 0 : 1);
        }
    }

    private Campaign(List<Decider> deciders, long from, long count, Duration limit) {
        this.deciders = deciders;
        next = new AtomicLong(from);
        end = from + count;
        deadline = System.nanoTime() + limit.toNanos();
    }

    static List<Decider> honest() {
        return LoopOptions.standard().deciders();
    }

    static Result run(List<Decider> deciders, long from, long count, Duration limit) {
        Campaign campaign = new Campaign(deciders, from, count, limit);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(campaign::work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Result(campaign.played, campaign.failures.firstEntry());
    }

    private void work() {
        Tally tally = Tally.NONE;
        while (System.nanoTime() < deadline) {
            long seed = next.getAndIncrement();
            if (seed >= end) {
                break;
            }
            try {
                tally = tally.plus(Player.play(Generator.draw(seed), deciders));
            } catch (Violation e) {
                failed(seed, e);
                break;
            }
        }
        played(tally);
    }

    private void played(Tally tally) {
        lock.lock();
        try {
            played = played.plus(tally);
        } finally {
            lock.unlock();
        }
    }

    /// Nobody begins another seed; lower ones that are being played go on, so that the lowest failure is found.
    private void failed(long seed, Violation found) {
        next.accumulateAndGet(end, Math::max);
        lock.lock();
        try {
            failures.put(seed, found);
        } finally {
            lock.unlock();
        }
    }

    /// What the schedule breaks, null for nothing.
    static @Nullable Violation play(Schedule schedule, List<Decider> deciders) {
        try {
            Player.play(schedule, deciders);
            return null;
        } catch (Violation e) {
            return e;
        }
    }

    /// For people: the shrunk schedule, what it breaks, and how to see it again.
    static String report(long seed, Violation found, List<Decider> deciders) {
        Shrinker.Shrunk small = Shrinker.shrink(Generator.draw(seed), found, deciders);
        return "seed " + seed + " breaks an invariant; its schedule, shrunk in " + small.plays() + " plays:\n"
                + small.schedule() + "\n" + small.violation().getMessage()
                + "\nagain: scripts/test -Dtest=SchedulesTest -Dseed=" + seed;
    }
}
