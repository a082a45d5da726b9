package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Change;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Store;
import dev.jobctl.store.sqlite.SqliteStore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Measures the loop: `java ... dev.jobctl.loop.LoopSpeed PODS PARALLELISM memory|sqlite`. Prints figures; asserts
/// nothing. One Indexed Job, every pod created, bound, started, ended, counted.
final class LoopSpeed {
    private LoopSpeed() {}

    static void main(String[] args) throws IOException {
        int pods = Integer.parseInt(args[0]);
        int parallelism = Integer.parseInt(args[1]);
        for (int run = 0; run < Integer.parseInt(args[3]); run++) {
            Path folder = Files.createTempDirectory("loop-speed");
            Store<ObjectVersion> store = args[2].equals("sqlite")
                    ? SqliteStore.open(folder.resolve("state.db"), new ObjectCodec())
                    : new MemoryStore<>();
            measure(store, pods, parallelism);
            store.close();
        }
    }

    private static void measure(Store<ObjectVersion> store, int pods, int parallelism) {
        VirtualPlane plane = new VirtualPlane(store, LoopOptions.standard(), 1);
        List<Change<ObjectVersion>> fresh = new ArrayList<>();
        plane.loop().listen(fresh::addAll);
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long bytes = allocated();
        long rounds = 0;
        plane.loop()
                .submit(plane.toCreate(
                        Kinds.JOB,
                        VirtualPlane.job("big")
                                .editSpec()
                                .withCompletionMode("Indexed")
                                .withCompletions(pods)
                                .withParallelism(parallelism)
                                .endSpec()
                                .build()));
        while (true) {
            while (plane.loop().step(4096)) {
                rounds++;
            }
            rounds++;
            List<Write> reports = reports(fresh, plane);
            if (reports.isEmpty()) {
                break;
            }
            plane.time().advance(Duration.ofSeconds(1));
            reports.forEach(plane.loop()::submit);
        }
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        double seconds = (System.nanoTime() - start) / 1e9;
        IO.println(
                "pods=%d parallelism=%d seconds=%.2f pods/s=%.0f cpu-us/pod=%.1f bytes/pod=%d rounds=%d rounds/s=%.0f revision=%d %s"
                        .formatted(
                                pods,
                                parallelism,
                                seconds,
                                pods / seconds,
                                cpuSeconds * 1e6 / pods,
                                (allocated() - bytes) / pods,
                                rounds,
                                rounds / seconds,
                                store.current().revision(),
                                plane.conditions("big")));
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /// Bound pods start; running pods end well.
    private static List<Write> reports(List<Change<ObjectVersion>> fresh, VirtualPlane plane) {
        List<Write> writes = new ArrayList<>();
        for (Change<ObjectVersion> change : fresh) {
            if (change.current() == null || !(change.current().value().object() instanceof Pod pod)) {
                continue;
            }
            if (!change.current().equals(plane.store().current().get(change.key()))
                    || pod.getSpec().getNodeName() == null) {
                continue;
            }
            PodStatus status = plane.node().next(pod, plane.now());
            if (status != null) {
                writes.add(new Write.ReportPod(change.current().value().ref(), status));
            }
        }
        fresh.clear();
        return writes;
    }
}
