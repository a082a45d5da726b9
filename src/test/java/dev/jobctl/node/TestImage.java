package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.container.EngineSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An image made on this machine: Debian's busybox-static and nothing else. No registry is asked.
final class TestImage {
    private final String name;

    private TestImage(String name) {
        this.name = name;
    }

    /// The engine that tests use.
    static EngineSettings engine() {
        return new EngineSettings(List.of("podman"), List.of(), true, Map.of("PATH", System.getenv("PATH")));
    }

    /// @param files of a tarball with one file system
    static TestImage make(Path files, String... changes) throws IOException, InterruptedException {
        assertThat(Busybox.missing())
                .as("what tests of containers need; install it")
                .isEmpty();
        String name = "localhost/jobctl-test:" + ProcessHandle.current().pid() + "-" + files.hashCode();
        Path root = Files.createDirectories(files.resolve("image"));
        Busybox.lay(root);
        Path tar = files.resolve("image.tar");
        Busybox.output("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
        List<String> words = new ArrayList<>(List.of("podman", "import", "--quiet"));
        for (String change : changes) {
            words.addAll(List.of("--change", change));
        }
        words.addAll(List.of(tar.toString(), name));
        Busybox.output(words.toArray(String[]::new));
        return new TestImage(name);
    }

    String name() {
        return name;
    }

    /// A pod of this image with one container `main`. Its name is no other process's: the engine has one list of all.
    PodBuilder pod(String pod, String... command) {
        return new PodBuilder(NodeBed.pod(pod + "-" + ProcessHandle.current().pid(), command))
                .editSpec()
                .editFirstContainer()
                .withImage(name)
                .endContainer()
                .endSpec();
    }

    Pod shell(String pod, String script) {
        return pod(pod, "/bin/sh", "-c", script).build();
    }

    /// The same from a spec in YAML, whose containers name no image.
    Pod parsed(String pod, String spec) {
        Pod made =
                pod(pod).withSpec(Serialization.unmarshal(spec, PodSpec.class)).build();
        if (made.getSpec().getTerminationGracePeriodSeconds() == null) {
            made.getSpec().setTerminationGracePeriodSeconds(30L);
        }
        made.getSpec().getInitContainers().forEach(container -> container.setImage(name));
        made.getSpec().getContainers().forEach(container -> container.setImage(name));
        return made;
    }

    void remove() throws IOException, InterruptedException {
        Busybox.output("podman", "rmi", "--force", name);
    }
}
