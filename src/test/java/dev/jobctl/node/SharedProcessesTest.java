package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods with `shareProcessNamespace`, in sandboxes that root makes.
final class SharedProcessesTest extends SandboxedNode {
    private static final String LOOK = """
        until kill $(grep -lx sleep /proc/[0-9]*/comm 2>/dev/null | cut -d/ -f3) 2>/dev/null
        do sleep 0.05; done
        (sleep 4712 &)
        cat /proc/1/cmdline | tr -d '\\0'; echo; ls /proc/1/root | wc -l
        """;

    @BeforeEach
    void onlyRootCan() throws IOException {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
    }

    private static Pod pod(String name) {
        return new PodBuilder(NodeBed.shell(name, LOOK))
                .editSpec()
                .withShareProcessNamespace(true)
                .addToContainers(new ContainerBuilder()
                        .withName("other")
                        .withImage("i")
                        .withCommand("sh", "-c", "sleep 4711; echo ended; ls /proc | grep -c '^[0-9]'")
                        .build())
                .endSpec()
                .build();
    }

    @Test
    void theContainersOfAPodSeeAndEndEachOthersProcesses() {
        Pod pod = pod("shared");
        assertThat(bed.run(pod).getPhase()).as(bed.log(pod)).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).startsWith("jobctl pause").endsWith("\n0\n");
        assertThat(bed.log(pod, "other", 0)).contains("ended\n");
    }

    /// What runs there is in no control group of the pod's.
    @Test
    void noProgramGetsIntoWhatHoldsThem() {
        Pod pod = new PodBuilder(NodeBed.shell("attack", """
            exec 2>/dev/null
            (: <>/proc/1/mem) && echo WROTE memory
            ls -L /proc/1/ns/pid && echo ENTERED
            kill -KILL 1; kill -TERM 1; cat /proc/1/comm
            """))
                .editSpec()
                .withShareProcessNamespace(true)
                .endSpec()
                .build();
        assertThat(bed.run(pod).getPhase()).as(bed.log(pod)).isEqualTo("Succeeded");
        assertThat(bed.log(pod).lines()).hasSize(1);
    }

    @Test
    void whatHeldThemGoesWithThePod() {
        Pod pod = pod("over");
        bed.run(pod);
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        Path spaces = home.resolve("spaces");
        Awaitility.await().until(() -> {
            try (var left = Files.list(spaces)) {
                return left.findAny().isEmpty();
            }
        });
    }
}
