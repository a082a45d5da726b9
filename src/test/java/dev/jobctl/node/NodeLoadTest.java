package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many pods, and starts that fail.
final class NodeLoadTest {
    @TempDir
    Path home;

    @Test
    void manyPodsOneAfterAnotherLeaveNothingBehind() throws Exception {
        NodeBed bed = new NodeBed(home);
        wave(bed, "warm", 20);
        int files = openFiles();
        wave(bed, "a", 100);
        wave(bed, "b", 100);
        // Other tests of this process open and close files meanwhile: one file left by every tenth pod is what counts.
        await().atMost(NodeBed.PATIENCE).until(() -> openFiles() <= files + 20);
        assertThat(bed.node.activePods()).isZero();
        await().atMost(NodeBed.PATIENCE)
                .until(() -> PodDirectory.all(home.resolve("pods")).isEmpty());
        assertThat(bed.reports.statuses)
                .filteredOn(told -> "Succeeded".equals(told.status().getPhase()))
                .hasSize(220);
        assertThat(bed.reports.statuses).hasSizeBetween(220, 2 * 220);
        bed.close();
        await().atMost(NodeBed.PATIENCE).until(() -> entries(home.resolve("pods")) == 0);
    }

    private static void wave(NodeBed bed, String prefix, int count) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pods.add(NodeBed.pod(prefix + i, "true"));
        }
        pods.forEach(bed.node::podChanged);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.node.activePods() == 0);
        pods.forEach(pod -> bed.node.podRemoved(pod));
    }

    private static int openFiles() {
        return entries(Path.of("/proc/self/fd"));
    }

    private static int entries(Path directory) {
        String[] names = new File(directory.toString()).list();
        return names == null ? 0 : names.length;
    }

    @Test
    void whatNoObjectNamesIsKilledAndRemoved() throws Exception {
        NodeBed bed = new NodeBed(home);
        Pod forgotten = NodeBed.shell("forgotten", "echo $$; exec sleep 1000");
        Pod kept = NodeBed.shell("kept", "exec sleep 1000");
        bed.node.podChanged(forgotten);
        bed.node.podChanged(kept);
        bed.awaitRunning(kept);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> Files.exists(bed.directory(forgotten))
                        && bed.log(forgotten).endsWith("\n"));
        long pid = Long.parseLong(bed.log(forgotten).strip());
        bed.replaceNode();
        bed.node.podChanged(kept);
        bed.node.onlyThese(List.of(ObjectRef.of(Kinds.POD, kept)));
        NodeBed.awaitGone(pid);
        assertThat(bed.directory(forgotten)).doesNotExist();
        assertThat(bed.directory(kept)).exists();
        bed.close();
    }

    /// The n-th start finds no room for a process.
    private static PodRuntime failing(PodRuntime real, int nth) {
        AtomicInteger starts = new AtomicInteger();
        return ReplacedRuntime.of(
                real,
                method -> method.equals("start") && starts.incrementAndGet() == nth
                        ? new StartResult.NotYet("RunContainerError", "cannot start a process: no more")
                        : null);
    }

    @Test
    void aStartThatFailsForWantOfProcessesIsTriedAgain() throws Exception {
        for (int nth = 1; nth <= 3; nth++) {
            int failing = nth;
            NodeBed bed = new NodeBed(home.resolve("n" + nth), real -> failing(real, failing));
            List<Pod> pods =
                    List.of(NodeBed.pod("one", "true"), NodeBed.pod("two", "true"), NodeBed.pod("three", "true"));
            pods.forEach(bed.node::podChanged);
            for (Pod pod : pods) {
                assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
            }
            assertThat(bed.reasons()).contains("Failed");
            bed.close();
        }
    }
}
