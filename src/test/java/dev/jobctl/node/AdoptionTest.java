package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.logs.JobRuns;
import dev.jobctl.node.logs.LogQuery;
import dev.jobctl.node.logs.LogSink;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pod outlives its node: the next one of the same home finds it.
final class AdoptionTest {
    @TempDir
    Path home;

    private NodeBed bed;

    @BeforeEach
    void open() {
        bed = new NodeBed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    /// Writes its pid, waits for a file named `go`, and ends with 5.
    private Pod waiter(String name) {
        return NodeBed.shell(
                name, "echo $$; until [ -e %s/go ]; do sleep 0.01; done; echo after; exit 5".formatted(home));
    }

    private Pod started(String name) {
        Pod pod = waiter(name);
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).endsWith("\n"));
        return pod;
    }

    private Pod asStored(Pod pod) {
        PodStatus last = bed.reports.of(pod.getMetadata().getName()).getLast();
        return new PodBuilder(pod).withStatus(last).build();
    }

    @Test
    void theSameProcessGoesOnAndItsEndIsSeen() throws Exception {
        Pod pod = started("going");
        String id = NodeBed.main(bed.awaitRunning(pod)).getContainerID();
        long pid = Long.parseLong(bed.log(pod).strip());
        bed.replaceNode();
        assertThat(ProcessHandle.of(pid)).isPresent();
        bed.node.podChanged(asStored(pod));
        await().atMost(NodeBed.PATIENCE).until(() -> bed.node.activePods() == 1);
        Files.createFile(home.resolve("go"));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(5);
        assertThat(NodeBed.main(end).getContainerID()).isEqualTo(id);
        assertThat(NodeBed.main(end).getRestartCount()).isZero();
        assertThat(bed.log(pod)).isEqualTo(pid + "\nafter\n");
        assertThat(bed.reports.of("going")).extracting(PodStatus::getPhase).containsExactly("Running", "Failed");
    }

    @Test
    void aPodStaysWithItsRuntimeWhenTheUsualOneChanges() throws Exception {
        Pod pod = started("faithful");
        Pod stored = asStored(pod);
        bed.replaceNode(RuntimeChoice.CONTAINER);
        bed.node.podChanged(stored);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.node.activePods() == 1);
        Files.createFile(home.resolve("go"));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(5);
        assertThat(NodeBed.main(end).getContainerID()).startsWith("process://");
        assertThat(end.getPodIP()).isEqualTo(stored.getStatus().getPodIP());
    }

    @Test
    void aProcessPodIsNoneThatPretendsWhenTheUsualRuntimeIsSimulated() throws Exception {
        Pod pod = started("real");
        Pod stored = asStored(pod);
        bed.replaceNode(RuntimeChoice.SIMULATED);
        bed.node.podChanged(stored);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.node.activePods() == 1);
        assertThat(bed.node.simulatedLogs(ref -> Optional.of(stored)).has(ObjectRef.of(Kinds.POD, stored)))
                .isFalse();
        Files.createFile(home.resolve("go"));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(5);
        assertThat(NodeBed.main(end).getContainerID()).startsWith("process://");
    }

    @Test
    void soItIsBeforeItsStatusSaysThatItRuns() throws Exception {
        Pod pod = started("unsaid");
        bed.replaceNode(RuntimeChoice.SIMULATED);
        bed.node.podsFound(List.of(pod));
        Files.createFile(home.resolve("go"));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(5);
    }

    /// Whoever comes first takes the first address that is free.
    @Test
    void aPodThatHasAnAddressKeepsItAlsoBesideOneThatHasNone() throws Exception {
        Pod pod = started("addressed");
        Pod stored = asStored(pod);
        Pod unaddressed = NodeBed.shell("unaddressed", "exit 0");
        bed.replaceNode();
        bed.node.podsFound(List.of(unaddressed, stored));
        assertThat(bed.awaitEnd(unaddressed).getPodIP())
                .isNotNull()
                .isNotEqualTo(stored.getStatus().getPodIP());
        Files.createFile(home.resolve("go"));
        assertThat(bed.awaitEnd(pod).getPodIP()).isEqualTo(stored.getStatus().getPodIP());
    }

    @Test
    void aPodThatPretendsGoesOnPretending() throws Exception {
        bed.replaceNode(RuntimeChoice.SIMULATED);
        Pod pod = new PodBuilder(NodeBed.pod("pretender", "/no/such/program"))
                .editMetadata()
                .addToAnnotations("jobctl.dev/simulate", "duration=1s:exit=3")
                .endMetadata()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        Pod stored = asStored(pod);
        bed.replaceNode(RuntimeChoice.PROCESS);
        bed.node.podsFound(List.of(stored));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(NodeBed.main(end).getContainerID()).startsWith("simulated://");
    }

    private List<JobRuns.Run> runsOfPi() {
        return bed.node.jobRuns().of(new JobRuns.OfJob("default", "pi", "", List.of()), "");
    }

    @Test
    void theLogsOfAPodWhoseObjectIsGoneByTheNextStartAreKept() throws Exception {
        Pod pod = new PodBuilder(waiter("gone"))
                .editMetadata()
                .addToLabels("batch.kubernetes.io/job-name", "pi")
                .addToLabels("batch.kubernetes.io/job-completion-index", "7")
                .endMetadata()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).endsWith("\n"));
        long pid = Long.parseLong(bed.log(pod).strip());
        bed.replaceNode();
        bed.node.onlyThese(List.of());
        NodeBed.awaitGone(pid);
        assertThat(bed.directory(pod)).doesNotExist();
        assertThat(runsOfPi()).singleElement().satisfies(run -> {
            assertThat(run.index()).isEqualTo(7);
            assertThat(run.pod()).isEqualTo(ObjectRef.of(Kinds.POD, pod));
            List<byte[]> read = new ArrayList<>();
            bed.node.jobRuns().write(run, new LogQuery(false, false, false, null, null, null), into(read));
            assertThat(read)
                    .singleElement()
                    .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(pid + "\n");
        });
    }

    private static LogSink into(List<byte[]> pieces) {
        return new LogSink() {
            @Override
            public void send(byte[] piece) {
                pieces.add(piece);
            }

            @Override
            public boolean closed() {
                return false;
            }

            @Override
            public void onClose(Runnable action) {}
        };
    }

    @Test
    void aPodThatNobodyDescribedIsRemovedWithItsLogs() throws Exception {
        Pod pod = started("undescribed");
        long pid = Long.parseLong(bed.log(pod).strip());
        bed.node.close(true);
        Files.writeString(bed.directory(pod).resolve(".pod"), "namespace=default\nname=undescri");
        bed.replaceNode();
        bed.node.onlyThese(List.of());
        NodeBed.awaitGone(pid);
        assertThat(bed.directory(pod)).doesNotExist();
        assertThat(home.resolve("kept").resolve(bed.directory(pod).getFileName()))
                .doesNotExist();
    }

    @Test
    void anEndThatCameInBetweenIsNotLost() throws Exception {
        Pod pod = started("between");
        Pod stored = asStored(pod);
        bed.node.close(true);
        Files.createFile(home.resolve("go"));
        await().atMost(NodeBed.PATIENCE).until(() -> run(pod).contains("exit 5\n"));
        bed.replaceNode();
        bed.node.podChanged(stored);
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(5);
        assertThat(bed.log(pod)).endsWith("after\n");
    }

    @Test
    void anAdoptedPodCanBeStopped() throws Exception {
        Pod pod = started("stopped");
        bed.replaceNode();
        bed.node.podChanged(NodeBed.deleted(asStored(pod), 5));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(143);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reports.ended.size() == 1);
    }

    @Test
    void aSupervisorThatWasKilledMeansAnUnknownEnd() throws Exception {
        Pod pod = started("lost");
        Pod stored = asStored(pod);
        long pid = Long.parseLong(bed.log(pod).strip());
        bed.node.close(true);
        long supervisor = Long.parseLong(run(pod).substring(0, run(pod).indexOf(' ')));
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        bed.replaceNode();
        bed.node.podChanged(stored);
        var terminated = NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated();
        assertThat(terminated.getExitCode()).isEqualTo(137);
        NodeBed.awaitGone(pid);
    }

    @Test
    void aProcessOfAnotherBootIsGone() throws Exception {
        Pod pod = NodeBed.shell("rebooted", "true");
        Path directory = Files.createDirectories(bed.directory(pod).resolve("main"));
        Files.writeString(directory.resolve("0.log"), "");
        long own = ProcessHandle.current().pid();
        Files.writeString(directory.resolve("0.run"), own + " 1 another-boot 1763726400123\n");
        PodStatus end = bed.run(pod);
        var terminated = NodeBed.main(end).getState().getTerminated();
        assertThat(terminated.getExitCode()).isEqualTo(137);
        assertThat(terminated.getReason()).isEqualTo("ContainerStatusUnknown");
        assertThat(end.getReason()).isEqualTo("NodeRebooted");
        assertThat(end.getConditions())
                .anyMatch(c ->
                        c.getType().equals("DisruptionTarget") && c.getReason().equals("TerminationByKubelet"));
    }

    @Test
    void aStrangerWithTheSameProcessIdIsNotOurs() throws Exception {
        Pod pod = NodeBed.shell("stranger", "true");
        Path directory = Files.createDirectories(bed.directory(pod).resolve("main"));
        Files.writeString(directory.resolve("0.log"), "");
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        long own = ProcessHandle.current().pid();
        Files.writeString(directory.resolve("0.run"), own + " 1 " + boot + " 1763726400123\n");
        assertThat(bed.run(pod).getPhase()).isEqualTo("Failed");
    }

    @Test
    void aStartThatNeverHappenedIsMade() throws Exception {
        Pod pod = NodeBed.shell("torn", "echo ran");
        Path directory = Files.createDirectories(bed.directory(pod).resolve("main"));
        Files.writeString(directory.resolve("0.log"), "");
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("ran\n");
    }

    @Test
    void aRecordThatWasNeverWrittenDoesNotKeepItsPodFromStarting() throws Exception {
        Pod pod = NodeBed.shell("unwritten", "echo ran");
        Path directory = Files.createDirectories(bed.directory(pod).resolve("main"));
        Path record = Files.createFile(directory.resolve("0.run"));
        Files.setLastModifiedTime(record, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("ran\n");
    }

    private String run(Pod pod) throws IOException {
        return Files.readString(bed.directory(pod).resolve("main").resolve("0.run"));
    }
}
