package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods that follow one another: the first process of a sandbox stays for the next pod of the same owner, which gets
/// all else new.
final class ReusedSandboxesTest extends SandboxedNode {
    private static final int PODS = 30;
    /// So many that each of those that waited has had one.
    private static final int AFTER = 4;
    /// The kernel gives the number of one that is gone to a new one, whose first process is younger.
    private static final String NAMESPACE =
            "echo $(readlink /proc/self/ns/pid) $(sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20)";

    @BeforeEach
    void prepare() throws IOException {
        assumeThat(Files.getAttribute(home, "unix:uid"))
                .as("an ordinary user's sandboxes are made anew")
                .isEqualTo(0);
        needSandboxes();
    }

    private static Pod owned(String owner, Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(owner)
                .withUid(owner + "-uid")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    private static Pod one(String name, String script) {
        return owned("one", NodeBed.shell(name, script));
    }

    private List<String> lines(Pod pod) {
        return output(pod).lines().toList();
    }

    @Test
    void thePodsBeforeLeaveNothing() {
        String seen = NAMESPACE + "; hostname; ls -A /tmp /dev/shm | wc -w; ls -A /run /mnt; "
                + "tail -n +2 /proc/sysvipc/shm | wc -l; set -- /proc/[0-9]*; echo $#; ulimit -n; umask";
        String left =
                "touch /tmp/x /dev/shm/x /run/x; ipcmk -M 64 >/dev/null; ipcs -m | grep -c 0x; (setsid sleep 1000 &)";
        Set<String> namespaces = new HashSet<>();
        List<String> before = List.of();
        for (int i = 0; i < PODS; i++) {
            List<String> words = lines(one("row-" + i, seen + "; " + left));
            namespaces.add(words.getFirst());
            assertThat(words).element(1).isEqualTo("row-" + i);
            assertThat(words).as("what it leaves").last().isEqualTo("1");
            List<String> found = words.subList(2, words.size());
            assertThat(found).isEqualTo(i == 0 ? found : before);
            before = found;
        }
        assertThat(before.getFirst()).as("the names and no file").isEqualTo("2");
        assertThat(namespaces).as("some had that of a pod before").hasSizeLessThan(PODS);
    }

    @Test
    void podsOfTwoOwnersAreNeverInOneNamespace() {
        Set<String> ones = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (int i = 0; i < PODS; i++) {
            Pod first = one("one-" + i, NAMESPACE);
            Pod second = owned("other", NodeBed.shell("other-" + i, NAMESPACE));
            bed.node.podChanged(first);
            bed.node.podChanged(second);
            bed.awaitEnd(first);
            bed.awaitEnd(second);
            ones.add(bed.log(first));
            others.add(bed.log(second));
        }
        assertThat(ones).doesNotContainAnyElementsOf(others);
    }

    /// Whatever a pod does, those after it see the usual.
    private void noneSpoils(List<String> spoils, String look, List<String> usual) {
        for (String spoil : spoils) {
            lines(one("spoils-" + spoils.indexOf(spoil), spoil));
            for (int i = 0; i < AFTER; i++) {
                assertThat(lines(one("after-" + spoils.indexOf(spoil) + "-" + i, look)))
                        .as(spoil)
                        .isEqualTo(usual);
            }
        }
    }

    @Test
    void whatAPodDoesToTheFirstProcessIsNotTheNextOnes() {
        String limits = "cat /proc/self/limits /proc/self/oom_score_adj /proc/self/coredump_filter";
        List<String> usual = lines(one("usual", limits));
        List<String> spoils = List.of(
                "prlimit --pid 1 --nofile=64:64",
                "prlimit --pid 1 --fsize=0:0",
                "prlimit --pid 1 --nproc=1:1 --cpu=60:60",
                "echo 500 >/proc/1/oom_score_adj",
                "echo 1 >/proc/1/coredump_filter");
        noneSpoils(spoils, limits, usual);
    }

    @Test
    void whatAPodDoesToItsDevicesIsNotTheNextOnes() {
        String devices = "ls -lA /dev /dev/pts | sed 's/[A-Z][a-z][a-z] .*[0-9] //' | grep -v total; cat /dev/null";
        List<String> usual = lines(one("usual", devices));
        assertThat(usual).as("the devices").hasSizeGreaterThan(10);
        List<String> spoils = List.of(
                "chmod 000 /dev/null",
                "chown 7 /dev/full",
                "rm /dev/zero; echo >/dev/zero",
                "rm /dev/ptmx",
                "ln -sf /etc/passwd /dev/stdin",
                "touch /dev/pts/../new",
                "chmod 700 /dev",
                "echo left >/dev/left; ln -sfn /etc/passwd /dev/ptmx; touch -d @1 /dev",
                "mv /dev/random /dev/r; mv /dev/urandom /dev/random; mv /dev/r /dev/urandom");
        noneSpoils(spoils, devices, usual);
    }

    /// The first process has the host's files in its hands.
    @Test
    void aPodFindsNothingInTheHandsOfTheFirstProcess() {
        String looks = "for file in /proc/1/fd/* /proc/1/root; do ls $file/ 2>/dev/null; done; echo none";
        for (int i = 0; i < AFTER; i++) {
            assertThat(lines(one("looks-" + i, looks))).containsExactly("none");
        }
    }

    /// As programs leave it that write without waiting.
    @Test
    void whatAPodDoesToItsOutputIsNotTheNextOnes() {
        String flags = "perl -MFcntl -e 'print fcntl(STDOUT, F_GETFL, 0) & O_NONBLOCK ? 1 : 0; "
                + "fcntl STDOUT, F_SETFL, O_NONBLOCK'";
        for (int i = 0; i < PODS; i++) {
            assertThat(lines(one("output-" + i, flags))).containsExactly("0");
        }
    }

    @Test
    void aVolumeIsGoneWithItsPod() {
        for (int i = 0; i < PODS; i++) {
            Pod pod = one("bare-" + i, "ls -A /mnt; echo; cat /mnt/word");
            assertThat(bed.run(pod).getPhase()).isEqualTo("Failed");
            assertThat(bed.log(pod)).doesNotContain("volume");
            Pod with = one("with-" + i, "echo volume >/mnt/word; cat /mnt/word");
            Pod mounting = mounting(with, emptyDir("data"), at("data", "/mnt")).build();
            assertThat(lines(mounting)).containsExactly("volume");
        }
    }

    @Test
    void oneThatNeverBeganSpoilsNoOther() {
        for (int i = 0; i < PODS; i++) {
            Pod lost = new PodBuilder(one("lost-" + i, "echo here"))
                    .editSpec()
                    .editFirstContainer()
                    .withWorkingDir("/nowhere")
                    .endContainer()
                    .endSpec()
                    .build();
            assertThat(bed.run(lost).getPhase()).isEqualTo("Failed");
            assertThat(bed.log(lost)).isEmpty();
            assertThat(lines(one("next-" + i, "echo there"))).containsExactly("there");
        }
    }

    @Test
    void aProcessThatWasKilledWhileItWaitedSpoilsNoOther() {
        for (int i = 0; i < PODS; i++) {
            killWaiting(i % 2);
            int failed = 0;
            for (int pod = 0; pod < AFTER; pod++) {
                String name = "after-%d-%d".formatted(i, pod);
                Pod after = one(name, "echo " + name);
                boolean good = bed.run(after).getPhase().equals("Succeeded");
                assertThat(bed.log(after)).isEqualTo(good ? name + "\n" : "");
                failed += good ? 0 : 1;
            }
            assertThat(failed).as("that whose process is gone").isLessThanOrEqualTo(1);
        }
    }

    /// One of those that wait for a pod: a supervisor or the first of its namespaces.
    private static void killWaiting(int depth) {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").startsWith("jobctl spare"))
                .filter(process -> depth(process) == depth)
                .limit(1)
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static int depth(ProcessHandle process) {
        return process.parent()
                .filter(parent -> parent.info().commandLine().orElse("").startsWith("jobctl spare"))
                .map(parent -> depth(parent) + 1)
                .orElse(0);
    }

    @Test
    void whoEntersAPodThatEndsIsInThatPodOrNowhere() throws Exception {
        for (int i = 0; i < PODS; i++) {
            Pod pod = one("entered-" + i, "echo up; sleep 0.%03d".formatted(i * 5));
            bed.node.podChanged(pod);
            await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
            assertThat(entered(pod)).isIn("entered-" + i + "\n", "");
            bed.awaitEnd(pod);
        }
    }

    /// What a command says in it; nothing where the pod is over.
    private String entered(Pod pod) throws InterruptedException {
        try (Execution beside =
                bed.node.execute(ObjectRef.of(Kinds.POD, pod), "main", List.of("sh", "-c", "hostname; sleep 0.02"))) {
            String said = new String(beside.output().readAllBytes(), StandardCharsets.UTF_8);
            beside.await(NodeBed.PATIENCE);
            return said;
        } catch (IOException e) {
            return "";
        }
    }
}
