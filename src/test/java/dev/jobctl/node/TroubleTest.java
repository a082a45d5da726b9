package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What a pod may do that its node must survive, and what holds pods down: limits and users. See [SandboxTest] for the
/// pod that ignores SIGTERM.
final class TroubleTest extends SandboxedNode {
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

    /// Often, since what is killed late must never be the next pod's.
    @RepeatedTest(10)
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

    private static Pod limited(Pod pod, String resource, String limit) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits(resource, new Quantity(limit))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod secured(Pod pod, SecurityContextBuilder context) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withSecurityContext(context.build())
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void whoTakesTooMuchMemoryIsKilledForIt() {
        Pod pod = limited(
                NodeBed.pod("greedy", "perl", "-e", "my $x = 'x' x 200_000_000; print length $x"), "memory", "40Mi");
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Failed");
        boolean groups = !bed.reasons().contains("LimitsUnavailable");
        var terminated = NodeBed.main(end).getState().getTerminated();
        if (groups) {
            assertThat(terminated.getReason()).isEqualTo("OOMKilled");
            assertThat(terminated.getExitCode()).isEqualTo(137);
        }
    }

    @Test
    void aForkBombStaysUnderItsLimitAndTheNodeLivesOn() {
        Pod bomb = new PodBuilder(NodeBed.shell("bomb", "f() { f | f & }; f; sleep 0.3; echo through; exit 0"))
                .editMetadata()
                .addToAnnotations("jobctl.dev/pids-limit", "30")
                .endMetadata()
                .build();
        bed.run(bomb);
        assertThat(bed.log(bomb)).containsIgnoringCase("fork");
        assertThat(bed.run(NodeBed.pod("after", "true")).getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void aContainerRunsAsTheUserThatThePodNames() {
        Pod pod = secured(
                NodeBed.shell("user", "id -u; id -g"),
                new SecurityContextBuilder().withRunAsUser(1234L).withRunAsGroup(5678L));
        assertThat(output(pod)).isEqualTo("1234\n5678\n");
    }

    @Test
    void droppedCapabilitiesAndTheReadOnlyRootAreKept() {
        Pod pod = secured(
                NodeBed.shell("bare", "grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status; touch /tmp/x"),
                new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(false)
                        .withReadOnlyRootFilesystem(true)
                        .withNewCapabilities()
                        .addToDrop("ALL")
                        .endCapabilities());
        bed.run(pod);
        assumeSandboxes();
        assertThat(bed.log(pod))
                .startsWith("CapEff:\t0000000000000000\nNoNewPrivs:\t1\n")
                .contains("Read-only");
    }

    @Test
    void whatTheRuntimeCannotDoIsRefusedWithAnEvent() {
        Pod privileged = secured(NodeBed.pod("privileged", "true"), new SecurityContextBuilder().withPrivileged(true));
        bed.node.podChanged(privileged);
        PodStatus waiting = bed.awaitStatus(privileged, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(bed.reasons()).contains("Failed");
        Pod root = secured(
                NodeBed.pod("root", "true"),
                new SecurityContextBuilder().withRunAsUser(0L).withRunAsNonRoot(true));
        bed.node.podChanged(root);
        PodStatus refused = bed.awaitStatus(root, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(refused).getState().getWaiting().getMessage()).contains("breaks non-root policy");
    }

    @Test
    void anEmptyDirOverItsLimitEvictsThePod() {
        Volume cache = new VolumeBuilder(emptyDir("cache"))
                .editEmptyDir()
                .withSizeLimit(new Quantity("1Mi"))
                .endEmptyDir()
                .build();
        Pod full = NodeBed.shell("full", "head -c 3000000 /dev/zero > /cache/big; sleep 1000");
        Pod pod = mounting(full, cache, at("cache", "/cache")).build();
        needSandboxes();
        PodStatus end = bed.run(pod);
        assertThat(end.getReason()).isEqualTo("Evicted");
        assertThat(end.getMessage()).isEqualTo("Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\". ");
    }

    @Test
    void noControlGroupIsLeft() throws IOException {
        bed.run(limited(NodeBed.pod("small", "true"), "memory", "40Mi"));
        for (String place : new String[] {"/sys/fs/cgroup", "/sys/fs/cgroup/memory"}) {
            Path groups = Path.of(place).resolve("jobctl");
            if (Files.isDirectory(groups)) {
                await().atMost(NodeBed.PATIENCE).until(() -> {
                    try (var left = Files.list(groups)) {
                        return left.noneMatch(
                                group -> group.getFileName().toString().startsWith("uid-small"));
                    }
                });
            }
        }
    }
}
