package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.container.ContainerRuntime;
import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuntimesTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(textBlock = """
        process,   '',                process
        container, '',                container
        container, process://1-2-3,   process
        process,   podman://0123abcd, container
        process,   docker://0123abcd, container
        """)
    void aPodWhoseFilesCannotBeReadStaysWithTheRuntimeOfItsStatus(String usual, String id, String expected) {
        Pod pod = new PodBuilder(NodeBed.pod("p", "true"))
                .withNewStatus()
                .withContainerStatuses(
                        new ContainerStatusBuilder().withContainerID(id).build())
                .endStatus()
                .build();
        try (var processes = new ProcessRuntime(new ProcessRuntime.Settings(home, false), Time.system(), Log.none());
                var containers = new ContainerRuntime(home, TestImage.engine(), processes, Time.system(), Log.none())) {
            var runtimes = new Runtimes(processes, containers, new RuntimeChoice(usual));
            assertThat(runtimes.told(pod).name()).isEqualTo(expected);
        }
    }
}
