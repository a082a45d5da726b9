package dev.jobctl.node;

import dev.jobctl.node.simulated.Rules;
import dev.jobctl.node.simulated.SimulatedNode;
import dev.jobctl.node.simulated.Spread;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.ClockChanges;
import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The pods of this node that only pretend, on one virtual thread however many they are: it takes all the mail there
/// is, lets happen what is due, and then reports all of it at once, so that many pods share a commit.
///
/// What a pod does is a pure function of [#SEED], its rules and the number of its run, and that number stands in the
/// pod's status. So a restarted node needs no files: it goes on from what was reported, and what was not has not
/// happened. `jobctl simulate` with the same seed does the same.
///
/// Other threads only post. The mailbox holds at most one message per change of a pod.
final class SimulatedPods implements Runnable {
    /// That of a scenario which names none.
    static final long SEED = 1;

    /// A wake-up is at most this far away, so that a clock that was set is noticed.
    private static final Duration NAP_MAX = Duration.ofMinutes(1);

    /// So much mail is taken before it is reported on.
    private static final int BATCH = 8_192;

    /// What other threads ask for.
    private sealed interface Mail {}

    private record Changed(Pod pod) implements Mail {}

    private record Removed(ObjectRef pod) implements Mail {}

    /// Every pod there is, after a start.
    private record Found(List<Pod> pods) implements Mail {}

    private record Wake() implements Mail {}

    /// The node closes; `grace` null: the pods go on in its next life.
    private record Close(@Nullable Duration grace) implements Mail {}

    private final NodeParts parts;
    private final Log log;
    private final SimulatedNode node;
    private final BatchedReports reports;
    private final LinkedBlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>();

    /// Uids of pods that were taken on and not removed, for whoever must know them apart from real ones.
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final CountDownLatch over = new CountDownLatch(1);
    private final ClockChanges clock;
    private volatile int active;
    private boolean closing;
    private boolean closed;

    SimulatedPods(NodeParts parts) {
        this.parts = parts;
        log = parts.log();
        clock = new ClockChanges(parts.time());
        reports = new BatchedReports(parts.reports());
        node = new SimulatedNode(
                parts.settings().nodeName(),
                LocalNode.HOST_ADDRESS,
                rules(),
                (pod, container, attempt, at, line) -> {},
                reports);
    }

    /// How pods of a real plane behave that say nothing: as `true`.
    static Rules rules() {
        return new Rules(SEED, List.of(), Spread.NONE);
    }

    void start() {
        Thread.ofVirtual().name("simulated-pods").start(this);
    }

    void found(List<Pod> pods) {
        pods.forEach(pod -> known.add(pod.getMetadata().getUid()));
        mailbox.add(new Found(pods));
    }

    void podChanged(Pod pod) {
        known.add(pod.getMetadata().getUid());
        mailbox.add(new Changed(pod));
    }

    /// False: none of these pods.
    boolean podRemoved(ObjectRef pod) {
        if (!known.remove(pod.uid())) {
            return false;
        }
        mailbox.add(new Removed(pod));
        return true;
    }

    void wake() {
        mailbox.add(new Wake());
    }

    /// How many pods have not ended, as of the last look.
    int activePods() {
        return active;
    }

    /// Ends the thread, with `keepPods` at once, else when all pods have ended, `grace` later at most. Does not wait.
    void close(boolean keepPods, Duration grace) {
        mailbox.add(new Close(keepPods ? null : grace));
    }

    /// `until` as [dev.jobctl.std.Time#elapsed] counts. False when it had not ended by then.
    boolean await(Duration until) throws InterruptedException {
        Duration left = until.minus(parts.time().elapsed());
        return over.await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                List<Mail> mail = next();
                Instant now = now();
                mail.forEach(each -> guarded(() -> take(each, now)));
                guarded(() -> node.advance(now));
                reports.send();
                active = node.activePods();
                closed |= closing && active == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    /// The edge of the thread: a bug about one pod must not silence the others for ever.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            log.error("simulated pod", e);
        }
    }

    /// With what pods wait for as far away as it was, when somebody has set the clock.
    private Instant now() {
        Instant now = parts.time().now();
        Duration set = clock.until(now);
        if (!set.isZero()) {
            guarded(() -> node.clockSet(set));
        }
        return now;
    }

    private List<Mail> next() throws InterruptedException {
        Instant now = now();
        Duration left = node.next().map(at -> Duration.between(now, at)).orElse(NAP_MAX);
        Duration nap = left.compareTo(NAP_MAX) < 0 ? left : NAP_MAX;
        List<Mail> all = new ArrayList<>();
        @Nullable Mail first = mailbox.poll(Math.max(0, nap.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
            all.add(first);
            mailbox.drainTo(all, BATCH);
        }
        return all;
    }

    private void take(Mail mail, Instant now) {
        switch (mail) {
            case Changed(Pod pod) -> node.podChanged(pod, now);
            case Removed(ObjectRef pod) -> node.podRemoved(pod);
            case Found(List<Pod> pods) -> {
                node.remember(pods);
                pods.forEach(pod -> guarded(() -> node.podChanged(pod, now)));
            }
            case Wake() -> {}
            case Close(@Nullable Duration grace) -> {
                if (grace == null) {
                    closed = true;
                } else {
                    closing = true;
                    node.shutDown(grace, now);
                }
            }
        }
    }
}
