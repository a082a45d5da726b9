package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.logs.JobRuns;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalNodeTest {
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

    @Test
    void aPodRunsAndItsOutputIsInItsLog() {
        Pod pod = NodeBed.shell("pi", "echo 3.14; echo oops >&2; exit 0");
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Succeeded");
        assertThat(NodeBed.main(end).getState().getTerminated().getReason()).isEqualTo("Completed");
        assertThat(bed.log(pod)).isEqualTo("3.14\noops\n");
        assertThat(bed.reports.of("pi")).extracting(PodStatus::getPhase).endsWith("Succeeded");
        assertThat(bed.reasons()).containsExactly("ImageNotUsed", "Created", "Started");
    }

    @Test
    void exitCodesAndSignalsBecomeTheContainersEnd() {
        assertEnd("code", "exit 3", 3, "Error");
        assertEnd("signal", "kill -SEGV $$", 139, "Error");
        assertEnd("selfkill", "kill -KILL $$", 137, "Error");
        assertEnd("group", "trap '' TERM; kill -TERM 0; exit 7", 7, "Error");
        assertEnd("wholegroup", "kill -KILL 0", 137, "Error");
    }

    private void assertEnd(String name, String script, int code, String reason) {
        PodStatus end = bed.run(NodeBed.shell(name, script));
        assertThat(end.getPhase()).as(name).isEqualTo("Failed");
        var terminated = NodeBed.main(end).getState().getTerminated();
        assertThat(terminated.getExitCode()).as(name).isEqualTo(code);
        assertThat(terminated.getReason()).as(name).isEqualTo(reason);
    }

    @Test
    void theEnvironmentIsTheBasicsAndThePodsOwn() {
        Pod pod = new PodBuilder(NodeBed.pod("env", "/usr/bin/env"))
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("GREETING")
                .withValue("hello $(WHO)$(WHOM) $$(HOME)")
                .endEnv()
                .addNewEnv()
                .withName("with.dot-and-dash")
                .withValue("kept")
                .endEnv()
                .addNewEnv()
                .withName("POD")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        bed.run(pod);
        assertThat(bed.log(pod).lines().filter(line -> !line.startsWith("JOBCTL_TERMINATION_LOG=")))
                .containsExactlyInAnyOrder(
                        "PATH=/usr/bin:/bin",
                        "HOME=" + home,
                        "HOSTNAME=env",
                        "GREETING=hello $(WHO)$(WHOM) $(HOME)",
                        "with.dot-and-dash=kept",
                        "POD=env");
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() {
        Pod pod = NodeBed.pod("args", "printf", "[%s]", "a b", "", "$(NONE)", "$(PATH)", "'q'", "*", "ü\n");
        bed.run(pod);
        assertThat(bed.log(pod)).isEqualTo("[a b][][$(NONE)][$(PATH)]['q'][*][ü\n]");
    }

    @Test
    void standardInputIsAtItsEndAndTheWorkingDirectoryIsTheRootUnlessNamed() {
        Pod pod = NodeBed.shell("cwd", "cat; pwd");
        bed.run(pod);
        assertThat(bed.log(pod)).isEqualTo("/\n");
        Pod named = new PodBuilder(NodeBed.pod("named", "/bin/pwd"))
                .editSpec()
                .editFirstContainer()
                .withWorkingDir(home.toString())
                .endContainer()
                .endSpec()
                .build();
        bed.run(named);
        assertThat(bed.log(named)).isEqualTo(home + "\n");
    }

    @Test
    void aCommandThatThisHostLacksFailsWithTheWaysOut() {
        Pod pod = NodeBed.pod("lacking", "no-such-program", "x");
        var terminated = NodeBed.main(bed.run(pod)).getState().getTerminated();
        assertThat(terminated.getExitCode()).isEqualTo(128);
        assertThat(terminated.getReason()).isEqualTo("StartError");
        assertThat(terminated.getMessage())
                .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH on this host: "
                        + "set \"command\" to one that this host has");
        assertThat(bed.reasons()).containsExactly("ImageNotUsed", "Created", "Failed");
    }

    @Test
    void aContainerWithoutACommandFailsWithTheWaysOut() {
        var terminated = NodeBed.main(bed.run(NodeBed.pod("entry"))).getState().getTerminated();
        assertThat(terminated.getReason()).isEqualTo("ContainerCannotRun");
        assertThat(terminated.getMessage()).contains("set \"command\"");
    }

    @Test
    void aMissingConfigMapKeepsThePodWaitingUntilItIsThere() {
        Pod pod = new PodBuilder(NodeBed.shell("configured", "echo $key"))
                .editSpec()
                .editFirstContainer()
                .addNewEnvFrom()
                .withNewConfigMapRef("settings", false)
                .endEnvFrom()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(pod, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(NodeBed.main(waiting).getState().getWaiting().getMessage())
                .isEqualTo("configmap \"settings\" not found");
        bed.configMaps.put(
                "settings",
                new ConfigMapBuilder().withData(Map.of("key", "value")).build());
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("value\n");
    }

    @Test
    void deletionTerminatesAndThenKillsEverythingOfThePod() {
        Pod pod = NodeBed.shell(
                "stubborn",
                "trap '' TERM; (trap '' TERM; sleep 1000 & echo $!; wait) & "
                        + "setsid sh -c 'trap \"\" TERM; echo $$; exec sleep 1000' & echo $$; wait; wait; wait");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).lines().count() == 3);
        List<ProcessHandle> processes = bed.log(pod)
                .lines()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
        assertThat(processes).hasSize(3).allMatch(ProcessHandle::isAlive);
        bed.node.podChanged(NodeBed.deleted(pod, 1));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(137);
        processes.forEach(process -> NodeBed.awaitGone(process.pid()));
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reports.ended.size() == 1);
        assertThat(bed.reasons()).contains("Killing");
    }

    @Test
    void aPodThatHeedsSigtermEndsAtOnce() {
        Pod pod = NodeBed.shell("polite", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done");
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.awaitRunning(pod) != null && bed.log(pod).contains("ready"));
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).contains("bye");
    }

    @Test
    void whatThePodLeavesInTheBackgroundEndsWithIt() {
        Pod pod = NodeBed.shell("leaver", "setsid sleep 1000 & echo $!; sleep 1000 & echo $!");
        bed.run(pod);
        bed.log(pod).lines().map(Long::parseLong).forEach(NodeBed::awaitGone);
    }

    @Test
    void aFailedContainerStartsAgainAtOnceAndThenBacksOff() {
        Pod pod = new PodBuilder(NodeBed.shell("again", "echo run; exit 4"))
                .editSpec()
                .withRestartPolicy("OnFailure")
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus status = bed.awaitStatus(pod, s -> NodeBed.main(s).getState().getWaiting() != null);
        ContainerStatus main = NodeBed.main(status);
        assertThat(main.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(main.getState().getWaiting().getMessage())
                .isEqualTo("back-off 10s restarting failed container=main pod=again_default(uid-again)");
        assertThat(main.getRestartCount()).isEqualTo(1);
        assertThat(main.getLastState().getTerminated().getExitCode()).isEqualTo(4);
        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(bed.log(pod, "main", 1)).isEqualTo("run\n");
    }

    @Test
    void theEndOfTheLogIsTheMessageOfAFailureThatLeftNone() {
        Pod pod = new PodBuilder(NodeBed.shell("said", "echo one; echo two >&2; exit 1"))
                .editSpec()
                .editFirstContainer()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .endContainer()
                .endSpec()
                .build();
        assertThat(NodeBed.main(bed.run(pod)).getState().getTerminated().getMessage())
                .isEqualTo("one\ntwo\n");
        Pod wrote = NodeBed.shell("wrote", "printf done > $JOBCTL_TERMINATION_LOG; exit 0");
        assertThat(NodeBed.main(bed.run(wrote)).getState().getTerminated().getMessage())
                .isEqualTo("done");
    }

    @Test
    void ofALongMessageTheEndCounts() {
        Pod pod = NodeBed.shell("long", "printf %05000d 7 > $JOBCTL_TERMINATION_LOG; exit 0");
        assertThat(NodeBed.main(bed.run(pod)).getState().getTerminated().getMessage())
                .hasSize(4096)
                .endsWith("7");
    }

    @Test
    void anEndedPodsLogsStayUntilItsObjectIsGone() {
        Pod pod = new PodBuilder(NodeBed.shell("gone", "echo kept"))
                .editMetadata()
                .addToLabels("batch.kubernetes.io/job-name", "print")
                .addToLabels("batch.kubernetes.io/job-completion-index", "7")
                .endMetadata()
                .build();
        bed.run(pod);
        bed.node.podChanged(pod);
        assertThat(bed.directory(pod)).exists();
        bed.node.podRemoved(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(bed.directory(pod)));
        assertThat(bed.node.activePods()).isZero();
        var job = new JobRuns.OfJob("default", "print", "", List.of());
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.node.jobRuns().of(job, "").size() == 1);
        var found = bed.node.jobRuns().of(job, "").getFirst();
        assertThat(found).isEqualTo(new JobRuns.Run(ObjectRef.of(Kinds.POD, pod), "main", 0, 7));
        Path log = home.resolve("kept/default_gone_uid-gone/main/0.log");
        assertThat(log).hasContent("kept\n");
        assertThat(log.resolveSibling("0.run")).doesNotExist();
    }

    @Test
    void aPodThatSaidNothingLeavesNothing() {
        Pod pod = NodeBed.pod("silent", "true");
        bed.run(pod);
        bed.node.podRemoved(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(bed.directory(pod)));
        assertThat(home.resolve("kept")).doesNotExist();
    }

    @Test
    void aPodRemovedWhileItRunsIsKilledAndNotReportedAnyMore() {
        Pod pod = NodeBed.shell("forced", "echo $$; exec sleep 1000");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> !bed.log(pod).isEmpty());
        long pid = Long.parseLong(bed.log(pod).strip());
        bed.node.podRemoved(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(bed.directory(pod)));
        NodeBed.awaitGone(pid);
        assertThat(bed.reports.of("forced")).hasSize(1);
    }

    @Test
    void aHomeThatCannotBeWrittenKeepsThePodWaitingWithTheReason() throws IOException {
        Files.writeString(home.resolve("pods"), "a file where a directory should be");
        Pod pod = NodeBed.shell("unwritable", "true");
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(pod, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getReason()).isEqualTo("CreateContainerError");
        Files.delete(home.resolve("pods"));
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void thePodsDirectoryIsClosedToOthers() throws IOException {
        Pod pod = NodeBed.shell("private", "true");
        bed.run(pod);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bed.directory(pod))))
                .isEqualTo("rwx------");
    }

    @Test
    void closingTheNodeEndsItsPodsAndSaysWhy() throws InterruptedException {
        Pod pod = NodeBed.shell("closing", "exec sleep 1000");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.node.close(false);
        PodStatus end = bed.awaitEnd(pod);
        assertThat(end.getPhase()).isEqualTo("Failed");
        assertThat(end.getReason()).isEqualTo("Terminated");
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(143);
    }
}
