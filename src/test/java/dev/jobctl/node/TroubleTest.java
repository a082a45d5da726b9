package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a pod may do that its node must survive. See [LimitsTest] for the fork bomb, [SandboxTest] for the pod that
/// ignores SIGTERM.
@EnabledOnOs(OS.LINUX)
final class TroubleTest {
    @TempDir
    Path home;

    private NodeBed bed;

    @BeforeEach
    void open() {
        bed = NodeBed.sandboxed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    /// A thousand that their parent does not collect, then a thousand whose parent is gone.
    @Test
    void aThousandZombiesGoWithTheirPod() {
        Pod pod = NodeBed.pod("undead", "perl", "-e", """
            $| = 1;
            sub dead { for (1 .. 1000) { my $pid = fork; die "fork: $!" unless defined $pid; exit 0 unless $pid } }
            dead();
            unless (fork) { dead(); exit 0 }
            my $zombies = 0;
            for (1 .. 100) {
                $zombies = grep { my $f; open $f, "<", $_ and <$f> =~ /\\) Z/ } glob "/proc/[0-9]*/stat";
                last if $zombies >= 1000;
                select undef, undef, undef, 0.1;
            }
            print $zombies >= 1000 ? "many\\n" : "$zombies\\n";
            exit 7;
            """);
        PodStatus end = bed.run(pod);
        assertThat(bed.log(pod)).isEqualTo("many\n");
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(7);
        assertThat(bed.run(NodeBed.pod("after", "true")).getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void tenThousandLinesASecondAreAllThere() {
        Pod pod = NodeBed.pod(
                "chatty",
                "perl",
                "-e",
                "$| = 1; for my $s (0 .. 9) { print \"line $_\\n\" for $s * 1000 + 1 .. $s * 1000 + 1000;"
                        + " select undef, undef, undef, 0.1 }");
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod).lines()).hasSize(10_000).first().isEqualTo("line 1");
        assertThat(bed.log(pod)).endsWith("line 10000\n");
    }

    @Test
    void aKeyThatIsMissingKeepsTheContainerWaitingUntilItIsThere() {
        bed.configMaps.put("map", new ConfigMapBuilder().addToData("other", "x").build());
        Pod pod = new PodBuilder(NodeBed.shell("keyless", "echo $KEY"))
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("KEY")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("key", "map", false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(
                pod, s -> NodeBed.main(s).getState().getWaiting().getReason().equals("CreateContainerConfigError"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getMessage())
                .isEqualTo("couldn't find key key in ConfigMap default/map");
        bed.configMaps.put(
                "map", new ConfigMapBuilder().addToData("key", "found").build());
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("found\n");
    }

    @Test
    void aHomeThatIsRemovedDoesNotStopWhatRuns() throws Exception {
        Pod pod = NodeBed.shell("homeless", "echo up; until [ -e /tmp/never ]; do sleep 0.01; done");
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).equals("up\n"));
        new dev.jobctl.node.runtime.PodDirectory(home.resolve("pods")).delete();
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getExitCode())
                .isEqualTo(137);
        assertThat(bed.run(NodeBed.pod("after", "true")).getPhase()).isEqualTo("Succeeded");
    }
}
