package dev.jobctl.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Steps a loop for as long as it lives: at once while there is work, else asleep until a write arrives or a timer is
/// due. Closing waits for the step under way.
public final class LoopThread implements AutoCloseable {
    /// Writes and decisions per round: enough to fill a commit, few enough that a caller in the next round hardly
    /// waits.
    private static final int BUDGET = 512;

    /// The wall clock may be set, or the machine may have slept: look at it again after this.
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    /// After a bug beside the rounds, which would otherwise be met again and again.
    private static final Duration TROUBLE = Duration.ofSeconds(1);

    private final Loop loop;
    private final Thread thread;
    private volatile boolean stopping;

    private LoopThread(Loop loop) {
        this.loop = loop;
        thread = Thread.ofPlatform().name("loop").daemon(true).unstarted(this::run);
    }

    public static LoopThread start(Loop loop) {
        LoopThread started = new LoopThread(loop);
        loop.wakeBy(() -> LockSupport.unpark(started.thread));
        started.thread.start();
        return started;
    }

    private void run() {
        while (!stopping) {
            Duration rest = TROUBLE;
            try {
                rest = loop.step(BUDGET) ? Duration.ZERO : sleep();
            } catch (RuntimeException | LinkageError | StackOverflowError e) { // the one writer must go on
                loop.complain(e);
            }
            if (rest.isPositive() && !stopping) {
                LockSupport.parkNanos(this, rest.toNanos());
            }
        }
    }

    private Duration sleep() {
        Optional<Instant> wake = loop.nextWake();
        Duration until = wake.map(at -> Duration.between(loop.time().now(), at)).orElse(LONGEST_SLEEP);
        if (until.isNegative()) {
            return Duration.ZERO;
        }
        return until.compareTo(LONGEST_SLEEP) < 0 ? until : LONGEST_SLEEP;
    }

    /// Ends the thread, then refuses what still waits. The store stays open.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.close();
    }
}
