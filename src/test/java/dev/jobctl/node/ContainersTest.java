package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Pods in containers of a real podman: images, starts and ends, networks, limits. See [ContainerPodsTest] for what a
/// pod is more than one container.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContainersTest {
    private TestImage image;
    private NodeBed bed;

    @BeforeAll
    void makeImage(@TempDir Path files) throws IOException, InterruptedException {
        image = TestImage.make(files, "ENTRYPOINT [\"/bin/echo\",\"entry\"]", "CMD [\"usual\"]", "ENV COLOUR=green");
    }

    @AfterAll
    void removeImage() throws IOException, InterruptedException {
        image.remove();
    }

    @BeforeEach
    void open(@TempDir Path home) {
        bed = NodeBed.ofContainers(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    @Test
    void aContainerHasItsImagesFilesAndItsOwnHostname() {
        Pod pod = image.shell("files", "hostname; ls /; cat /etc/hosts; echo $COLOUR; echo wrong >&2; exit 3");
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Failed");
        ContainerStatus main = NodeBed.main(end);
        assertThat(main.getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(main.getState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(main.getContainerID()).matches("podman://[0-9a-f]{64}");
        assertThat(bed.log(pod))
                .startsWith(pod.getMetadata().getName() + "\n")
                .contains("green", "wrong", "# Kubernetes-managed hosts file");
        assertThat(bed.reasons()).containsExactly("Pulled", "Created", "Started");
    }

    @Test
    void theImagesEntrypointRunsWhereNoCommandIsNamed() {
        Pod pod = image.pod("entry")
                .editSpec()
                .editFirstContainer()
                .withCommand()
                .endContainer()
                .endSpec()
                .build();
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("entry usual\n");
    }

    @Test
    void aCommandThatTheImageLacksFailsTheStart() {
        Pod pod = image.pod("lacks", "nosuch").build();
        PodStatus end = bed.run(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getReason()).isEqualTo("StartError");
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(128);
        assertThat(NodeBed.main(end).getState().getTerminated().getMessage())
                .contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(bed.log(pod)).isEmpty();
    }

    @Test
    void anImageThatIsNowhereIsPulledInVainAndWaitedFor() {
        Pod pod = image.pod("nowhere", "true")
                .editSpec()
                .editFirstContainer()
                .withImage("localhost:1/nowhere:1")
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus failed = bed.awaitStatus(pod, s -> waits(s, "ErrImagePull"));
        assertThat(NodeBed.main(failed).getState().getWaiting().getMessage()).contains("localhost:1");
        PodStatus waiting = bed.awaitStatus(pod, s -> waits(s, "ImagePullBackOff"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"localhost:1/nowhere:1\": ErrImagePull: ");
        assertThat(waiting.getPhase()).isEqualTo("Pending");
        assertThat(bed.reasons()).startsWith("Pulling", "Failed", "Failed", "BackOff", "Failed");
    }

    @Test
    void anImageThatMustNotBePulledIsMissed() {
        Pod pod = image.pod("never", "true")
                .editSpec()
                .editFirstContainer()
                .withImage("localhost/nowhere:1")
                .withImagePullPolicy("Never")
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus missing = bed.awaitStatus(pod, s -> waits(s, "ErrImageNeverPull"));
        assertThat(NodeBed.main(missing).getState().getWaiting().getMessage())
                .isEqualTo("Container image \"localhost/nowhere:1\" is not present with pull policy of Never");
    }

    @Test
    void anImageNameThatIsNoneIsRefused() {
        Pod pod = image.pod("odd", "true")
                .editSpec()
                .editFirstContainer()
                .withImage("Not/AnImage")
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus missing = bed.awaitStatus(pod, s -> waits(s, "InvalidImageName"));
        assertThat(NodeBed.main(missing).getState().getWaiting().getMessage()).contains("invalid reference format");
    }

    private static boolean waits(PodStatus status, String reason) {
        var waiting = status.getContainerStatuses().isEmpty()
                ? null
                : NodeBed.main(status).getState().getWaiting();
        return waiting != null && reason.equals(waiting.getReason());
    }

    @Test
    void containersOfAPodShareItsNetworkAndVolumesAndNoOthers() {
        Pod first = image.shell("net1", "echo first | nc -l -p 8080");
        bed.node.podChanged(first);
        String address = bed.awaitRunning(first).getPodIP();
        Pod second = image.parsed("net2", """
            restartPolicy: Never
            volumes: [{name: data, emptyDir: {}}]
            containers:
            - name: main
              command: [sh, -c, 'nc -w 5 %s 8080; until nc -w 5 127.0.0.1 8080 2>/dev/null; do usleep 10000; done; cat /data/said']
              volumeMounts: [{name: data, mountPath: /data}]
            - name: beside
              command: [sh, -c, 'echo volume >/data/said; echo beside | nc -l -p 8080']
              volumeMounts: [{name: data, mountPath: /data}]
            """.formatted(address));
        assertThat(bed.run(second).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(second)).isEqualTo("first\nbeside\nvolume\n");
        assertThat(bed.awaitEnd(first).getPhase()).isEqualTo("Succeeded");
    }

    /// As if the daemon had been killed right after `ip netns add`.
    @Test
    void theHalfOfANetworkIsMadeAnew() throws IOException, InterruptedException {
        Pod first = image.shell("whole", "while :; do sleep 1; done");
        bed.node.podChanged(first);
        bed.awaitRunning(first);
        Pod second = image.shell("half", "ip -o -4 address show dev eth0");
        String space = Busybox.output("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(name -> name.endsWith(first.getMetadata().getUid()))
                .findFirst()
                .orElseThrow();
        Busybox.output(
                "ip",
                "netns",
                "add",
                space.replace(first.getMetadata().getUid(), second.getMetadata().getUid()));
        PodStatus end = bed.run(second);
        assertThat(bed.log(second)).contains(" " + end.getPodIP() + "/16 ");
        bed.node.podChanged(NodeBed.deleted(first, 0));
        bed.awaitEnd(first);
        assertNothingIsLeft(second);
    }

    @Test
    void deletionEndsAContainerThatDoesNotListenAfterItsGrace() throws IOException, InterruptedException {
        Pod pod = image.shell("deaf", "trap '' TERM; echo up; while :; do sleep 1; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.node.podChanged(NodeBed.deleted(pod, 1));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(137);
        assertNothingIsLeft(pod);
    }

    @Test
    void aContainerThatListensEndsByItself() throws IOException, InterruptedException {
        Pod pod = image.shell("polite", "trap 'echo bye; exit 4' TERM; while :; do sleep 0.05; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(4);
        assertThat(bed.log(pod)).isEqualTo("bye\n");
        assertNothingIsLeft(pod);
    }

    private void assertNothingIsLeft(Pod pod) throws IOException, InterruptedException {
        String uid = pod.getMetadata().getUid();
        assertThat(Busybox.output("podman", "ps", "-a", "--format", "{{.Names}}"))
                .doesNotContain(uid);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> !Busybox.output("ip", "netns", "list").contains(uid));
    }

    @Test
    void aNewNodeFindsContainersThatRanOnAndCountsEachOnce() throws IOException, InterruptedException {
        Pod running = image.parsed("goes-on", """
            restartPolicy: Never
            volumes: [{name: data, emptyDir: {}}]
            containers:
            - name: main
              command: [sh, -c, 'echo one; until [ -e /data/go ]; do usleep 20000; done; echo two; exit 6']
              volumeMounts: [{name: data, mountPath: /data}]
            """);
        bed.node.podChanged(running);
        PodStatus before = bed.awaitRunning(running);
        Pod ended = image.shell("ends-meanwhile", "usleep 300000; exit 5");
        bed.node.podChanged(ended);
        bed.awaitRunning(ended);
        bed.replaceNode();
        bed.node.podChanged(new PodBuilder(running).withStatus(before).build());
        bed.node.podChanged(ended);
        assertThat(NodeBed.main(bed.awaitEnd(ended)).getState().getTerminated().getExitCode())
                .isEqualTo(5);
        java.nio.file.Files.createFile(bed.directory(running).resolve(".volumes/data/go"));
        PodStatus end = bed.awaitEnd(running);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(6);
        assertThat(NodeBed.main(end).getContainerID())
                .isEqualTo(NodeBed.main(before).getContainerID());
        assertThat(bed.log(running)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aContainerThatNobodyWatchesAnyMoreIsEndedWithItsPod() throws IOException, InterruptedException {
        Pod pod = image.shell("forgotten", "while :; do sleep 1; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        bed.replaceNode();
        bed.node.onlyThese(java.util.List.of());
        assertNothingIsLeft(pod);
        assertThat(bed.directory(pod)).doesNotExist();
    }

    @Test
    void commandsRunBesideTheProgram() throws IOException, InterruptedException {
        Pod pod = image.shell("exec", "echo up; while :; do sleep 1; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        try (Execution run =
                bed.node.execute(ref, "main", java.util.List.of("sh", "-c", "hostname; cat; echo bad >&2; exit 7"))) {
            run.input().write("typed\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            run.input().close();
            assertThat(new String(run.output().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(pod.getMetadata().getName() + "\ntyped\n");
            assertThat(new String(run.errors().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("bad\n");
            assertThat(run.await(NodeBed.PATIENCE)).hasValue(7);
        }
        try (Execution run =
                bed.node.terminal(ref, "main", java.util.List.of("sh", "-c", "test -t 0 && tty && stty size"))) {
            assertThat(new String(run.output().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("/dev/pts/");
        }
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        bed.awaitEnd(pod);
    }

    @Test
    void rawSocketsAreForPodsWithANetworkOfTheirOwn() {
        Pod shared = image.pod("raw-host", "/bin/sh", "-c", "grep CapBnd /proc/self/status")
                .editSpec()
                .withHostNetwork(true)
                .endSpec()
                .build();
        bed.run(shared);
        long bounds = Long.parseLong(bed.log(shared).strip().split("\\s+")[1], 16);
        assertThat(bounds >> 13 & 1).as("NET_RAW of %x", bounds).isZero();
        assertThat(bounds >> 10 & 1).as("NET_BIND_SERVICE of %x", bounds).isOne();
    }

    @Test
    void securityAndLimitsAreKept() {
        Pod pod = image.pod(
                        "safe",
                        "/bin/sh",
                        "-c",
                        "id -u; id -g; touch /x 2>&1; grep -E 'CapEff|NoNewPrivs' /proc/self/status; cat"
                            + " /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null; echo last > /said")
                .editMetadata()
                .addToAnnotations("jobctl.dev/pids-limit", "77")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withTerminationMessagePath("/said")
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .withRunAsGroup(1001L)
                .withReadOnlyRootFilesystem(true)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        PodStatus end = bed.run(pod);
        assertThat(bed.log(pod).split("\n"))
                .containsExactly(
                        "1000",
                        "1001",
                        "touch: /x: Read-only file system",
                        "CapEff:\t0000000000000000",
                        "NoNewPrivs:\t1",
                        "77");
        assertThat(NodeBed.main(end).getState().getTerminated().getMessage()).isEqualTo("last\n");
    }

    @Test
    void aContainerThatWantsTooMuchMemoryIsKilledForIt() throws IOException, InterruptedException {
        Pod pod = image.pod("hungry", "/bin/sh", "-c", "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done")
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("memory", new io.fabric8.kubernetes.api.model.Quantity("20Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        PodStatus end = bed.run(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(NodeBed.main(end).getState().getTerminated().getReason()).isEqualTo("OOMKilled");
        assertNothingIsLeft(pod);
        String name = pod.getMetadata().getName();
        int told = bed.reports.of(name).size();
        bed.replaceNode();
        bed.node.podChanged(pod);
        PodStatus again = await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.reports.of(name), all -> all.size() > told)
                .getLast();
        assertThat(NodeBed.main(again).getState().getTerminated().getReason()).isEqualTo("OOMKilled");
    }

    @Test
    void whatReachesBeyondTheContainerNeedsLeave() {
        Pod pod = image.pod("bold", "true")
                .editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(pod, s -> waits(s, "CreateContainerConfigError"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getMessage())
                .isEqualTo("the container runtime cannot do this: privileged: annotate the pod with jobctl.dev/sandbox:"
                        + " \"off\"");
    }
}
