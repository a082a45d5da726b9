package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Pods in containers of a real podman.
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

    private PodBuilder pod(String name, String... command) {
        return new PodBuilder(NodeBed.pod(name + "-" + ProcessHandle.current().pid(), command))
                .editSpec()
                .editFirstContainer()
                .withImage(image.name())
                .endContainer()
                .endSpec();
    }

    private Pod shell(String name, String script) {
        return pod(name, "/bin/sh", "-c", script).build();
    }

    @Test
    void aContainerHasItsImagesFilesAndItsOwnHostname() {
        Pod pod = shell("files", "hostname; ls /; cat /etc/hosts; echo $COLOUR; echo wrong >&2; exit 3");
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
        Pod pod = pod("entry")
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
        Pod pod = pod("lacks", "nosuch").build();
        PodStatus end = bed.run(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getReason()).isEqualTo("StartError");
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(128);
        assertThat(NodeBed.main(end).getState().getTerminated().getMessage())
                .contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(bed.log(pod)).isEmpty();
    }
}
