package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods in sandboxes, on the kernel of this machine.
///
/// Long because it is one list of what a pod may see and do.
final class SandboxTest extends SandboxedNode {
    @BeforeEach
    void prepare() {
        needSandboxes();
        bed.reports.events.clear();
    }

    @Test
    void aPodHasItsOwnProcessesHostnameAndHosts() {
        Pod pod = NodeBed.shell("own", "hostname; cat /etc/hosts; ls /proc | grep -c '^[0-9]'; exec 2>&1; id -u");
        assertThat(output(pod)).contains("own\n", "127.1.0.", "\town\n").doesNotContain("Permission");
        assertThat(bed.log(pod).lines().skip(5).findFirst().orElseThrow())
                .satisfies(count -> assertThat(Integer.parseInt(count)).isLessThan(8));
    }

    private static Volume hostPath(String path) {
        return new VolumeBuilder()
                .withName("host")
                .withNewHostPath()
                .withPath(path)
                .endHostPath()
                .build();
    }

    private static VolumeMount part(String path) {
        return new VolumeMountBuilder()
                .withName("host")
                .withMountPath("/mnt")
                .withSubPath(path)
                .withReadOnly(true)
                .build();
    }

    @Test
    void noPartOfTheHostsFilesLeadsToTheHomeOrToSockets() throws IOException {
        Files.writeString(home.resolve("kubeconfig"), "token: secret");
        String look = "cat /mnt%1$s/kubeconfig; ls /mnt/proc /mnt/run /mnt/dev /mnt%1$s; true".formatted(home);
        for (String path : new String[] {".", "./"}) {
            Pod pod = mounting(NodeBed.shell("part" + path.length(), look), hostPath("/"), part(path))
                    .build();
            assertThat(output(pod)).doesNotContain("secret", "self", "null", "kubeconfig\n", "pods");
        }
        Pod linked = mounting(NodeBed.shell("linked", "ls /mnt; true"), hostPath("/var/run"), part(""))
                .build();
        assertThat(output(linked)).isEmpty();
    }

    @Test
    void whatStartedAProgramIsNotThereToBeChanged() {
        Pod pod = NodeBed.pod(
                "exe", "/proc/self/exe", "-e", "print chmod(0755, '/proc/self/exe'), -w '/proc/self/fd/0' ? '' : 'r'");
        assertThat(output(pod)).startsWith("0");
    }

    @Test
    void aMissingPartOfAReadOnlyHostPathIsNotMade() {
        Path above = Objects.requireNonNull(home.getParent());
        Pod pod = mounting(NodeBed.shell("made", "true"), hostPath(above.toString()), part("made/by/pod"))
                .build();
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reasons().contains("FailedMount"));
        assertThat(above.resolve("made")).doesNotExist();
    }

    /// Sandboxes are made ahead of need for pods like the last one; the next may be another.
    @Test
    void podsInARowGetSandboxesOfTheirOwnKind() {
        for (int i = 0; i < 9; i++) {
            Pod pod = NodeBed.shell("row" + i, "hostname; touch /tmp/mine; ls -A /tmp; ls -d /data; exec 2>&1; true");
            boolean extended = i % 3 == 2;
            Pod placed = extended
                    ? mounting(pod, emptyDir("data"), at("data", "/data")).build()
                    : pod;
            String data = extended ? "/data\n" : "ls: cannot access '/data': No such file or directory\n";
            assertThat(output(placed)).isEqualTo("row" + i + "\nmine\n" + data);
        }
    }

    @Test
    void theHostsFilesAreReadOnlyAndOnlyTmpIsWritable() {
        Pod pod = NodeBed.shell(
                "readonly",
                "for f in /x /etc/x /usr/x /var/x %s/x; do touch $f 2>/dev/null && echo wrote $f; done;".formatted(home)
                        + " touch /tmp/x /dev/shm/x && ls /tmp");
        assertThat(output(pod)).isEqualTo("x\n");
        assertThat(home.resolve("x")).doesNotExist();
    }

    /// What somebody would try who has only this manifest to work with.
    @Test
    void aHostileManifestCanNeitherWriteOutsideNorSeeTheDaemon() throws IOException {
        Files.writeString(home.resolve("kubeconfig"), "token: secret");
        long daemon = ProcessHandle.current().pid();
        Pod pod = NodeBed.shell("hostile", """
            exec 2>/dev/null
            cat %1$s/kubeconfig && echo SAW home
            ls %1$s | grep . && echo SAW names
            mount -o remount,rw / && echo DID remount
            umount -l %1$s && echo DID umount
            unshare -Urm sh -c 'mount -o remount,rw,bind / && touch /etc/jobctl-x' && echo DID nest
            mknod /tmp/disk b 254 0 && echo DID mknod
            echo x > /proc/sys/kernel/hostname && echo DID sysctl
            echo h > /proc/sysrq-trigger && echo DID sysrq
            cat /proc/%2$d/environ && echo SAW environment
            kill -0 %2$d && echo SAW daemon
            chroot /proc/1/root touch /etc/jobctl-x && echo DID chroot
            ls /run | grep -vE 'systemd|mount' && echo SAW sockets
            touch /sys/fs/cgroup/x /dev/vda /dev/sda && echo DID touch
            nsenter -t 1 -m touch /etc/jobctl-x && echo DID enter
            (: <>/proc/1/mem) && echo DID write into the first process
            cat /proc/1/environ /proc/1/fd/* && echo SAW the first process
            kill -KILL 1
            echo done
            """.formatted(home, daemon));
        assertThat(output(pod)).isEqualTo("done\n");
        assertThat(Path.of("/etc/jobctl-x")).doesNotExist();
    }

    /// Root those that a cluster gives it, and so none for modules, raw disks, clocks, the network's settings, other
    /// people's processes, reboot. Another user none.
    @Test
    void aProgramHasTheUsualCapabilitiesAndNoOther() {
        String most = "00000000a00405fb";
        String[] words = output(
                        NodeBed.shell("capable", "id -u; sed -n 's/^Cap\\(Prm\\|Eff\\|Bnd\\):.//p' /proc/self/status"))
                .split("\n");
        String own = words[0].equals("0") ? most : "0000000000000000";
        assertThat(words).containsExactly(words[0], own, own, most);
    }

    @Test
    void theEnvironmentIsThePodsOwn() {
        Pod pod = NodeBed.pod("variables", "env");
        assertThat(output(pod).lines().map(line -> line.substring(0, line.indexOf('='))))
                .doesNotContain("JAVA_HOME", "MAVEN_CMD_LINE_ARGS", "JOBCTL_HOME")
                .contains("PATH", "HOME", "HOSTNAME");
    }

    @Test
    void aHostPathIsReadOnlyUnlessThePodIsMarkedAndNeverTheHome() throws IOException {
        Path data = Files.createDirectory(home.resolveSibling(home.getFileName() + "-data"));
        Files.writeString(data.resolve("in"), "input");
        Volume volume = new VolumeBuilder()
                .withName("data")
                .withNewHostPath(data.toString(), "Directory")
                .build();
        VolumeMount readOnly =
                new VolumeMountBuilder(at("data", "/data")).withReadOnly(true).build();
        Pod reader = mounting(NodeBed.shell("reader", "cat /data/in; touch /data/x || true"), volume, readOnly)
                .build();
        assertThat(output(reader)).startsWith("input").contains("Read-only");
        Pod writer = mounting(NodeBed.shell("writer", "echo out > /data/out"), volume, at("data", "/data"))
                .build();
        bed.node.podChanged(writer);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reasons().contains("FailedMount"));
        assertThat(bed.reports.events.getLast().message())
                .isEqualTo(("MountVolume.SetUp failed for volume \"data\" : hostPath %1$s may only be read: "
                                + "set readOnly on the mount, or annotate the pod with jobctl.dev/writable-paths: %1$s")
                        .formatted(data));
        Pod marked = new PodBuilder(writer)
                .editMetadata()
                .withName("marked")
                .withUid("uid-marked")
                .addToAnnotations("jobctl.dev/writable-paths", data.toString())
                .endMetadata()
                .build();
        output(marked);
        assertThat(data.resolve("out")).hasContent("out\n");
        Volume host =
                new VolumeBuilder().withName("data").withNewHostPath("/", "").build();
        Pod all = mounting(
                        NodeBed.shell("all", "ls -A /host%s /host/run /host/dev".formatted(home)),
                        host,
                        new VolumeMountBuilder(at("data", "/host"))
                                .withReadOnly(true)
                                .build())
                .build();
        bed.run(all);
        assertThat(bed.log(all)).doesNotContain("pods", "null");
    }

    @Test
    void volumesAreAtTheirPlaces() {
        bed.configMaps.put(
                "settings",
                new ConfigMapBuilder()
                        .withData(Map.of("a", "1", "b", "2"))
                        .addToBinaryData("raw", "/wA=")
                        .build());
        bed.secrets.put("key", new SecretBuilder().addToData("k", "aGlkZGVu").build());
        Pod pod = new PodBuilder(NodeBed.shell("volumes", """
            cat /etc/settings/a /etc/settings/b; wc -c < /etc/settings/raw
            cat /secret/deep/k; stat -c ' %a' /secret/deep/k
            cat /info/labels /info/cpu; echo
            echo kept > /cache/sub/file; cat /cache/sub/file; cat /all/k /all/name; echo
            cat /one/file
            touch /etc/settings/x /secret/x 2>/dev/null || echo read-only
            """))
                .editMetadata()
                .addToLabels("app", "x\"y")
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("settings")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName("key")
                .withDefaultMode(0400)
                .addNewItem("k", null, "deep/k")
                .endSecret()
                .endVolume()
                .addNewVolume()
                .withName("info")
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("labels")
                .withNewFieldRef("v1", "metadata.labels")
                .endItem()
                .addNewItem()
                .withPath("cpu")
                .withNewResourceFieldRef()
                .withContainerName("main")
                .withResource("limits.cpu")
                .endResourceFieldRef()
                .endItem()
                .endDownwardAPI()
                .endVolume()
                .addNewVolume()
                .withName("all")
                .withNewProjected()
                .addNewSource()
                .withNewSecret()
                .withName("key")
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("name")
                .withNewFieldRef("v1", "metadata.name")
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .endVolume()
                .addToVolumes(emptyDir("cache"))
                .editFirstContainer()
                .addToVolumeMounts(
                        at("settings", "/etc/settings"),
                        at("secret", "/secret"),
                        at("info", "/info"),
                        at("all", "/all"),
                        at("cache", "/cache"),
                        new VolumeMountBuilder(at("cache", "/cache/sub"))
                                .withSubPath("part/inner")
                                .build(),
                        new VolumeMountBuilder(at("settings", "/one/file"))
                                .withSubPath("a")
                                .build())
                .endContainer()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("122\nhidden 400\napp=\"x\\\"y\"2\nkept\nhiddenvolumes\n1read-only\n");
        assertThat(bed.directory(pod).resolve(".volumes/cache/part/inner/file")).hasContent("kept\n");
    }

    @Test
    void aClaimOutlivesItsPodsAndGoesWithItself() throws IOException {
        Volume claim = new VolumeBuilder()
                .withName("data")
                .withNewPersistentVolumeClaim("disk", false)
                .build();
        bed.claims.put("disk", "u1");
        output(mounting(NodeBed.shell("first", "echo left > /data/f"), claim, at("data", "/data"))
                .build());
        Pod second = mounting(NodeBed.shell("second", "cat /data/f"), claim, at("data", "/data"))
                .build();
        assertThat(output(second)).isEqualTo("left\n");
        bed.claims.put("disk", "u2");
        bed.node.claimRemoved();
        await().atMost(NodeBed.PATIENCE).until(() -> !Files.exists(home.resolve("claims/default_disk_u1")));
        Pod third = mounting(NodeBed.shell("third", "ls /data"), claim, at("data", "/data"))
                .build();
        assertThat(output(third)).isEmpty();
        assertThat(home.resolve("claims/default_disk_u2")).isDirectory();
    }

    @Test
    void aSubPathCannotLeadOutOfItsVolume() {
        Pod pod = mounting(
                        NodeBed.shell("escape", "cat /out/passwd"),
                        emptyDir("v"),
                        new VolumeMountBuilder(at("v", "/out"))
                                .withSubPath("link")
                                .build())
                .editSpec()
                .addToInitContainers(new ContainerBuilder()
                        .withName("first")
                        .withCommand("ln", "-s", "/etc", "/v/link")
                        .withVolumeMounts(at("v", "/v"))
                        .build())
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reasons().contains("FailedMount"));
        assertThat(bed.reports.events.getLast().message()).endsWith("subPath \"link\" leads out of the volume");
    }

    /// What furnishes a sandbox has the host's files open, which a path through its list of open files would reach.
    @Test
    void aMountPathByWayOfOpenFilesMakesNothingOnTheHost() {
        for (int number = 3; number < 14; number++) {
            Path mark = home.resolveSibling(home.getFileName() + "-" + number);
            String path = "/proc/1/fd/" + number + mark;
            bed.run(mounting(NodeBed.shell("open-" + number, "true"), emptyDir("v"), at("v", path))
                    .build());
            assertThat(mark).doesNotExist();
        }
    }

    @Test
    void whatIsAFileForOnePodMayBeADirectoryForTheNext() {
        bed.configMaps.put(
                "settings", new ConfigMapBuilder().addToData("a", "1").build());
        Volume settings = new VolumeBuilder()
                .withName("v")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .build();
        VolumeMount file =
                new VolumeMountBuilder(at("v", "/app/config")).withSubPath("a").build();
        for (int round = 0; round < 2; round++) {
            assertThat(output(mounting(NodeBed.shell("file-" + round, "cat /app/config"), settings, file)
                            .build()))
                    .isEqualTo("1");
            assertThat(output(mounting(
                                    NodeBed.shell("directory-" + round, "touch /app/config/x; ls /app/config"),
                                    emptyDir("v"),
                                    at("v", "/app/config"))
                            .build()))
                    .isEqualTo("x\n");
        }
    }

    @Test
    void aMissingSourceKeepsThePodCreatingUntilItIsThere() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewConfigMap()
                .withName("later")
                .endConfigMap()
                .build();
        Pod pod = mounting(NodeBed.shell("waits", "cat /v/k"), volume, at("v", "/v"))
                .build();
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.reasons().contains("FailedMount"));
        assertThat(bed.reports.events.getFirst().message())
                .isEqualTo("MountVolume.SetUp failed for volume \"v\" : configmap \"later\" not found");
        PodStatus waiting = bed.awaitStatus(pod, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getReason()).isEqualTo("ContainerCreating");
        bed.configMaps.put("later", new ConfigMapBuilder().addToData("k", "v").build());
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("v");
    }

    @Test
    void theTerminationMessageIsWhereThePodSays() {
        Pod usual = NodeBed.shell("usual", "printf said > /dev/termination-log");
        assertThat(NodeBed.main(bed.run(usual)).getState().getTerminated().getMessage())
                .isEqualTo("said");
        Pod named = new PodBuilder(NodeBed.shell("named", "printf there > /my/message"))
                .editSpec()
                .editFirstContainer()
                .withTerminationMessagePath("/my/message")
                .endContainer()
                .endSpec()
                .build();
        assertThat(NodeBed.main(bed.run(named)).getState().getTerminated().getMessage())
                .isEqualTo("there");
    }

    /// As on a cluster, where output is a pipe: whoever opens it anew cuts nothing off.
    @Test
    void outputIsKeptByWhateverNameItIsOpened() {
        String script = "echo one; echo two >/dev/stderr; echo three; echo four | tee /dev/stderr; "
                + "echo five >/proc/self/fd/1; head -c 300000 /dev/zero | tr '\\0' x >/dev/stdout";
        String expected = "one\ntwo\nthree\nfour\nfour\nfive\n" + "x".repeat(300_000);
        Pod pod = NodeBed.shell("names", script);
        assertThat(output(pod)).isEqualTo(expected);
        Pod open = new PodBuilder(NodeBed.shell("open-names", script))
                .editMetadata()
                .addToAnnotations("jobctl.dev/sandbox", "off")
                .endMetadata()
                .build();
        assertThat(output(open)).isEqualTo(expected);
    }

    @Test
    void nothingOfAPodSurvivesIt() {
        Pod pod = NodeBed.shell("leaver", "setsid sleep 1000 & (setsid sleep 1000 &) ; sleep 0.05; exit 3");
        assertThat(NodeBed.main(bed.run(pod)).getState().getTerminated().getExitCode())
                .isEqualTo(3);
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.endsWith("sleep 1000")))
                .isEmpty();
    }

    @Test
    void sigtermGoesToTheFirstProcessOnly() {
        Pod pod = NodeBed.shell(
                "polite",
                "sh -c 'trap \"echo child heard\" TERM; while :; do sleep 0.01; done' & "
                        + "trap 'echo heard; sleep 0.1; exit 0' TERM; echo ready; while :; do sleep 0.01; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("ready"));
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("ready\nheard\n");
    }

    @Test
    void aSandboxOutlivesTheNodeAndIsFoundAgain() throws InterruptedException {
        Pod pod = NodeBed.shell("adopted", "echo up; trap 'echo bye; exit 7' TERM; while :; do sleep 0.01; done");
        bed.node.podChanged(pod);
        PodStatus running = bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
        bed.replaceNode();
        Pod stored = new PodBuilder(pod).withStatus(running).build();
        bed.node.podChanged(NodeBed.deleted(stored, 30));
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(7);
        assertThat(bed.log(pod)).isEqualTo("up\nbye\n");
    }

    @Test
    void anAdoptedPodWithVolumesIsProbedAndEntered() throws Exception {
        Pod entered = NodeBed.shell("entered", "echo here >/data/word; while :; do sleep 0.01; done");
        Pod pod = mounting(entered, emptyDir("data"), at("data", "/data"))
                .editSpec()
                .editFirstContainer()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("test", "-e", "/data/ready")
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        Pod stored = new PodBuilder(pod).withStatus(bed.awaitRunning(pod)).build();
        bed.replaceNode();
        bed.node.podChanged(stored);
        try (Execution beside = bed.node.execute(
                ObjectRef.of(Kinds.POD, pod), "main", List.of("sh", "-c", "touch /data/ready; cat /data/word"))) {
            assertThat(beside.output().readAllBytes()).asString().isEqualTo("here\n");
            assertThat(beside.await(NodeBed.PATIENCE)).hasValue(0);
        }
        bed.awaitStatus(pod, status -> NodeBed.main(status).getReady());
    }

    @Test
    void killedMeansEverythingAtOnce() {
        Pod pod = NodeBed.shell(
                "stubborn", "trap '' TERM; setsid sh -c 'trap \"\" TERM; sleep 1001' & echo up; wait; wait; wait");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
        bed.node.podChanged(NodeBed.deleted(pod, 1));
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getExitCode())
                .isEqualTo(137);
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.endsWith("sleep 1001")))
                .isEmpty();
    }

    @Test
    void aMountPathMayHaveANewline() {
        Pod pod = mounting(
                        NodeBed.shell("newline", "echo x > \"$1/file\"; cat \"/odd\n/path\n/file\""),
                        emptyDir("data"),
                        at("data", "/odd\n/path\n"))
                .editSpec()
                .editFirstContainer()
                .addToCommand("sh", "/odd\n/path\n")
                .endContainer()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("x\n");
    }

    @Test
    void anOpenPodSeesTheHost() {
        Pod pod = new PodBuilder(NodeBed.shell("open", "echo ran > %s/seen".formatted(home)))
                .editMetadata()
                .addToAnnotations("jobctl.dev/sandbox", "off")
                .endMetadata()
                .build();
        output(pod);
        assertThat(home.resolve("seen")).hasContent("ran\n");
    }

    @Test
    void aCommandThatTheSandboxLacksFailsWithTheWaysOut() {
        var terminated = NodeBed.main(bed.run(NodeBed.pod("lacking", "no-such-program")))
                .getState()
                .getTerminated();
        assertThat(terminated.getReason()).isEqualTo("StartError");
        assertThat(terminated.getMessage())
                .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH on this host: "
                        + "set \"command\" to one that this host has");
    }

    @Test
    void podsInARowSeeNothingOfEachOther() {
        for (int i = 0; i < 8; i++) {
            Pod pod =
                    NodeBed.shell("row-" + i, "hostname; ls /tmp /dev/shm; ls /proc | grep -c '^[0-9]'; touch /tmp/x");
            assertThat(output(pod).lines().toList()).startsWith("row-" + i, "/dev/shm:", "", "/tmp:");
            assertThat(bed.log(pod)).doesNotContain("x");
        }
    }
}
