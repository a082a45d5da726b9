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

/// Pods that follow one another: the first process of a sandbox stays for the next pod, which gets all else new.
final class ReusedSandboxesTest extends SandboxedNode {
    private static final int PODS = 30;

    @BeforeEach
    void prepare() throws IOException {
        assumeThat(Files.getAttribute(home, "unix:uid"))
                .as("an ordinary user's sandboxes are made anew")
                .isEqualTo(0);
        bed.run(NodeBed.pod("probe", "true"));
        assumeThat(bed.reasons()).as("this kernel lets us make sandboxes").doesNotContain("SandboxUnavailable");
    }

    private List<String> lines(Pod pod) {
        assertThat(bed.run(pod).getPhase()).as(bed.log(pod)).isEqualTo("Succeeded");
        return bed.log(pod).lines().toList();
    }

    @Test
    void thePodsBeforeLeaveNothing() {
        String seen = "readlink /proc/self/ns/pid; hostname; ls -A /tmp /dev/shm | wc -w; ls -A /run /mnt; "
                + "tail -n +2 /proc/sysvipc/shm | wc -l; ls /proc | grep -c '^[0-9]'; ulimit -n; umask";
        String left = "touch /tmp/x /dev/shm/x /run/x; ipcmk -M 64 >/dev/null; ipcs -m | grep -c 0x; (setsid sleep 1000 &)";
        Set<String> namespaces = new HashSet<>();
        List<String> before = List.of();
        for (int i = 0; i < PODS; i++) {
            List<String> words = lines(NodeBed.shell("row-" + i, seen + "; " + left));
            namespaces.add(words.getFirst());
            assertThat(words).element(1).isEqualTo("row-" + i);
            assertThat(words).as("what it leaves").last().isEqualTo("1");
            List<String> found = words.subList(2, words.size());
            assertThat(found).isEqualTo(i == 0 ? found : before);
            before = found;
        }
        assertThat(before.getFirst()).as("the names and no file").isEqualTo("2");
        assertThat(namespaces).as("some had that of a pod before").hasSizeLessThan(PODS / 2);
    }

    @Test
    void aVolumeIsGoneWithItsPod() {
        for (int i = 0; i < PODS; i++) {
            Pod pod = NodeBed.shell("bare-" + i, "ls -A /mnt; echo; cat /mnt/word");
            assertThat(bed.run(pod).getPhase()).isEqualTo("Failed");
            assertThat(bed.log(pod)).doesNotContain("volume");
            Pod mounting = new PodBuilder(NodeBed.shell("with-" + i, "echo volume >/mnt/word; cat /mnt/word"))
                    .editSpec()
                    .addNewVolume()
                    .withName("data")
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("data")
                    .withMountPath("/mnt")
                    .endVolumeMount()
                    .endContainer()
                    .endSpec()
                    .build();
            assertThat(lines(mounting)).containsExactly("volume");
        }
    }

    @Test
    void aProcessThatWasKilledWhileItWaitedSpoilsNoOther() {
        for (int i = 0; i < PODS; i++) {
            killPrepared();
            Pod pod = NodeBed.shell("after-" + i, "echo here");
            // One whose process is gone may fail, but as its own.
            assertThat(bed.run(pod).getPhase()).isIn("Succeeded", "Failed");
            assertThat(lines(NodeBed.shell("next-" + i, "echo there"))).containsExactly("there");
        }
    }

    /// Of the processes that are ready to become a program.
    private static void killPrepared() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").startsWith("jobctl spare"))
                .filter(process -> process.children().findAny().isEmpty())
                .limit(1)
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whoEntersAPodThatEndsIsInThatPodOrNowhere() throws Exception {
        for (int i = 0; i < PODS; i++) {
            Pod pod = NodeBed.shell("entered-" + i, "echo up; sleep 0.%03d".formatted(i * 5));
            bed.node.podChanged(pod);
            await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
            String said = entered(pod);
            assertThat(said).isIn("entered-" + i + "\n", "");
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
