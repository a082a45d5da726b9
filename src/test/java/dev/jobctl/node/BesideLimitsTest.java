package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What runs beside a container's program is held to the container's limits: `exec`, probes and hooks.
final class BesideLimitsTest extends SandboxedNode {
    /// More processes than the pod may have. The shell says which it could not fork, and ends.
    private static final String BOMB =
            "i=0; while [ $i -lt 60 ]; do sleep 1 >/dev/null 2>&1 & i=$((i+1)); done; wait; echo through";

    private static final String IDLE = "trap 'exit 0' TERM; while :; do sleep 0.05; done";

    private static PodBuilder limited(String name) {
        return new PodBuilder(NodeBed.shell(name, IDLE))
                .editMetadata()
                .addToAnnotations("jobctl.dev/pids-limit", "20")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("memory", new Quantity("60Mi"))
                .addToLimits("cpu", new Quantity("500m"))
                .endResources()
                .endContainer()
                .endSpec();
    }

    private static PodBuilder open(PodBuilder pod) {
        return pod.editMetadata().addToAnnotations("jobctl.dev/sandbox", "off").endMetadata();
    }

    private String beside(Pod pod, String... command) throws IOException, InterruptedException {
        try (Execution run = bed.node.execute(ObjectRef.of(Kinds.POD, pod), "main", List.of(command))) {
            run.input().close();
            String said = new String(run.output().readAllBytes(), StandardCharsets.UTF_8)
                    + new String(run.errors().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.await(NodeBed.PATIENCE)).isPresent();
            return said;
        }
    }

    private void assertHeld(Pod pod) throws IOException, InterruptedException {
        assertThat(beside(pod, "/bin/sh", "-c", BOMB)).containsIgnoringCase("fork");
        String name = "uid-" + pod.getMetadata().getName() + "_main_0";
        String groups = beside(pod, "cat", "/proc/self/cgroup");
        if (groups.contains("/jobctl")) {
            assertThat(groups).contains("/jobctl/" + name);
        } else { // no group can be made on this host: the older limits count
            assertThat(beside(pod, "cat", "/proc/self/limits"))
                    .containsPattern("Max data size +62914560 ")
                    .containsPattern("Max processes +20 ");
        }
    }

    @Test
    void aForkBombInExecStaysUnderThePodsLimit() throws Exception {
        Pod pod = limited("bomb").build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        assertHeld(pod);
    }

    @Test
    void soItDoesWithoutASandbox() throws Exception {
        Pod pod = open(limited("open")).build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        assertHeld(pod);
    }

    @Test
    void soItDoesAfterARestartOfTheNode() throws Exception {
        Pod pod = limited("again").build();
        bed.node.podChanged(pod);
        Pod stored = new PodBuilder(pod).withStatus(bed.awaitRunning(pod)).build();
        bed.replaceNode();
        bed.node.podChanged(stored);
        assertHeld(stored);
    }

    @Test
    void aProbeThatForksTooMuchFails() {
        Pod pod = limited("probed")
                .editSpec()
                .editFirstContainer()
                .withNewLivenessProbe()
                .withNewExec()
                .withCommand("/bin/sh", "-c", BOMB)
                .endExec()
                .withPeriodSeconds(1)
                .withTimeoutSeconds(10)
                .withFailureThreshold(100)
                .endLivenessProbe()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.reports.events.stream()
                        .anyMatch(event -> event.reason().equals("Unhealthy")
                                && event.message()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .contains("fork")));
        assertThat(bed.reasons()).doesNotContain("Killing");
    }

    @Test
    void whatTakesTooMuchMemoryBesideIsKilled() throws Exception {
        Pod pod = limited("greedy").build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        assertThat(beside(pod, "perl", "-e", "my $x = 'x' x 200_000_000; print 'through', length $x"))
                .doesNotContain("through");
    }

    @Test
    void rootCanOpenNoRawSocketOnTheHostsNetwork() {
        Pod pod = NodeBed.pod(
                "raw", "perl", "-MSocket", "-e", "socket(my $s, AF_INET, SOCK_RAW, 1) ? print 'open' : print qq($!)");
        assertThat(output(pod)).isEqualTo("Operation not permitted");
    }
}
