package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A node for each test, whose pods get sandboxes of this machine's kernel.
@EnabledOnOs(OS.LINUX)
abstract class SandboxedNode {
    @TempDir
    Path home;

    NodeBed bed;

    @BeforeEach
    void open() {
        bed = NodeBed.sandboxed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    /// The test is not run where this kernel lets nobody make sandboxes.
    final void needSandboxes() {
        bed.run(NodeBed.pod("probe", "true"));
        assumeSandboxes();
    }

    final void assumeSandboxes() {
        assumeThat(bed.reasons()).as("this kernel lets us make sandboxes").doesNotContain("SandboxUnavailable");
    }

    static PodBuilder mounting(Pod pod, Volume volume, VolumeMount... mounts) {
        return new PodBuilder(pod)
                .editSpec()
                .addToVolumes(volume)
                .editFirstContainer()
                .addToVolumeMounts(mounts)
                .endContainer()
                .endSpec();
    }

    static VolumeMount at(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    /// What it writes until it has succeeded. The test is not run where the kernel made it no sandbox.
    final String output(Pod pod) {
        PodStatus end = bed.run(pod);
        assumeSandboxes();
        assertThat(end.getPhase()).as(bed.log(pod)).isEqualTo("Succeeded");
        return bed.log(pod);
    }
}
