package dev.jobctl.loop;

import com.sun.management.ThreadMXBean;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Change;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Store;
import dev.jobctl.store.sqlite.SqliteStore;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Measures the loop: one Indexed Job, every pod created, bound, started, ended, counted, on the virtual clock. Prints
/// figures; asserts nothing. Run it with the class path of the tests:
///
/// - `java ... dev.jobctl.loop.LoopSpeed`: 1,000, 10,000 and 100,000 pods with parallelism 1,000, and how the cost of
///   a pod grows;
/// - `java ... dev.jobctl.loop.LoopSpeed PODS PARALLELISM memory|sqlite RUNS [REPORTS]`: one such Job, `RUNS` times, at
///   most `REPORTS` reports of the node in a round.
///
/// CPU time and bytes allocated are those of the one thread; unlike wall time they do not depend much on what else runs
/// here. `loop` is the part of it spent in [Loop#step].
final class LoopSpeed {
    private static final int WARM_UP_PODS = 20_000;
    private static final int[] SIZES = {1_000, 10_000, 100_000};
    private static final int PARALLELISM = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final VirtualPlane plane;
    private final int reportsInRound;
    private final List<Change<ObjectVersion>> published = new ArrayList<>();
    private final Deque<Write> reports = new ArrayDeque<>();
    private int rounds;
    private long loopNanos;

    private LoopSpeed(Store<ObjectVersion> store, int reportsInRound) {
        this.plane = new VirtualPlane(store, LoopOptions.standard(), 1);
        this.reportsInRound = reportsInRound;
    }

    /// What one Job cost, per pod.
    private record Cost(double wallMicros, double cpuMicros, double loopMicros, long bytes, int rounds) {
        @Override
        public String toString() {
            return "%7.1f us wall  %7.1f us CPU  %7.1f us of it in the loop  %7d bytes  %6d rounds"
                    .formatted(wallMicros, cpuMicros, loopMicros, bytes, rounds);
        }
    }

    static void main(String[] args) throws IOException {
        if (args.length == 0) {
            growth();
            return;
        }
        int pods = Integer.parseInt(args[0]);
        int parallelism = Integer.parseInt(args[1]);
        int reportsInRound = args.length > 4 ? Integer.parseInt(args[4]) : Integer.MAX_VALUE;
        for (int run = 0; run < Integer.parseInt(args[3]); run++) {
            Path folder = Files.createTempDirectory("loop-speed");
            Store<ObjectVersion> store = args[2].equals("sqlite")
                    ? SqliteStore.open(folder.resolve("state.db"), new ObjectCodec())
                    : new MemoryStore<>();
            IO.println(new LoopSpeed(store, reportsInRound).run(pods, parallelism));
            store.close();
        }
    }

    /// The small ones several times, for one is over before it can be measured well.
    private static void growth() {
        cost(WARM_UP_PODS, 2);
        double[] micros = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            Cost cost = cost(SIZES[i], Math.max(1, 20_000 / SIZES[i]));
            micros[i] = cost.cpuMicros();
            IO.println("%7d pods: %s".formatted(SIZES[i], cost));
        }
        IO.println("growth of CPU per pod, %d to %d pods: %.2f"
                .formatted(SIZES[0], SIZES[SIZES.length - 1], micros[SIZES.length - 1] / micros[0]));
    }

    /// The best of some runs.
    private static Cost cost(int pods, int runs) {
        Cost best = new LoopSpeed(new MemoryStore<>(), Integer.MAX_VALUE).run(pods, PARALLELISM);
        for (int run = 1; run < runs; run++) {
            Cost cost = new LoopSpeed(new MemoryStore<>(), Integer.MAX_VALUE).run(pods, PARALLELISM);
            best = cost.cpuMicros() < best.cpuMicros() ? cost : best;
        }
        return best;
    }

    private Cost run(int pods, int parallelism) {
        plane.loop().listen(published::addAll);
        Write job = plane.toCreate(
                Kinds.JOB,
                VirtualPlane.job("big")
                        .editSpec()
                        .withCompletionMode("Indexed")
                        .withCompletions(pods)
                        .withParallelism(parallelism)
                        .endSpec()
                        .build());
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        plane.loop().submit(job);
        do {
            stepUntilQuiet();
            report();
        } while (plane.loop().waiting() > 0);
        Cost cost = new Cost(
                (System.nanoTime() - wall) / 1e3 / pods,
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / pods,
                loopNanos / 1e3 / pods,
                (THREADS.getCurrentThreadAllocatedBytes() - bytes) / pods,
                rounds);
        if (!plane.conditions("big").toString().contains("Complete=True")) {
            throw new IllegalStateException(plane.conditions("big").toString());
        }
        return cost;
    }

    private void stepUntilQuiet() {
        long cpu = THREADS.getCurrentThreadCpuTime();
        do {
            rounds++;
        } while (plane.loop().step(4096));
        loopNanos += THREADS.getCurrentThreadCpuTime() - cpu;
    }

    /// Bound pods start; running pods end well, a second later.
    private void report() {
        for (Change<ObjectVersion> change : published) {
            if (change.current() != null
                    && change.current().value().object() instanceof Pod pod
                    && pod.getSpec().getNodeName() != null) {
                switch (pod.getStatus().getPhase()) {
                    case "Pending" -> reports.add(report(change.current().value(), running(plane.now())));
                    case "Running" -> reports.add(report(change.current().value(), succeeded(plane.now())));
                    default -> {}
                }
            }
        }
        published.clear();
        plane.time().advance(Duration.ofSeconds(1));
        for (int i = 0; i < reportsInRound && !reports.isEmpty(); i++) {
            plane.loop().submit(reports.removeFirst());
        }
    }

    private static Write report(ObjectVersion pod, PodStatus status) {
        return new Write.ReportPod(pod.ref(), status);
    }

    private static PodStatus running(Instant now) {
        ContainerState state = new ContainerState();
        ContainerStateRunning running = new ContainerStateRunning();
        running.setStartedAt(Timestamps.print(now));
        state.setRunning(running);
        return status("Running", true, state);
    }

    private static PodStatus succeeded(Instant now) {
        ContainerState state = new ContainerState();
        ContainerStateTerminated ended = new ContainerStateTerminated();
        ended.setExitCode(0);
        ended.setReason("Completed");
        ended.setFinishedAt(Timestamps.print(now));
        state.setTerminated(ended);
        return status("Succeeded", false, state);
    }

    private static PodStatus status(String phase, boolean ready, ContainerState state) {
        ContainerStatus container = new ContainerStatus();
        container.setName("main");
        container.setReady(ready);
        container.setRestartCount(0);
        container.setState(state);
        PodCondition condition = new PodCondition();
        condition.setType("Ready");
        condition.setStatus(ready ? "True" : "False");
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        status.setConditions(List.of(condition));
        status.setContainerStatuses(List.of(container));
        return status;
    }
}
