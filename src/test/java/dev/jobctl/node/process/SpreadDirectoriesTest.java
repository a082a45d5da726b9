package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Where ext4 puts the directories of pods.
@EnabledOnOs(OS.LINUX)
final class SpreadDirectoriesTest {
    @TempDir
    Path home;

    @Test
    void theDirectoryOfPodsIsTheTopOfHierarchiesForExt4() throws Exception {
        assumeTrue(Files.getFileStore(home).type().equals("ext4"), "no other file system knows the attribute");
        Path container = PodDirectory.home(home).resolve("pod/main");
        Files.createDirectories(container);
        BlockingQueue<ContainerEnd> ends = new LinkedBlockingQueue<>();
        try (ProcessRuntime runtime =
                new ProcessRuntime(new ProcessRuntime.Settings(home, false), Time.system(), Log.none())) {
            for (int attempt = 0; attempt < 2; attempt++) { // what the first asks for is done before the second starts
                StartResult result = runtime.start(plan(), new AttemptFiles(container, attempt), ends::add);
                assertThat(result).isInstanceOf(StartResult.Started.class);
                assertThat(ends.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
        }
        assertThat(attributes(PodDirectory.home(home))).contains("T");
    }

    private static ContainerPlan plan() {
        return new ContainerPlan(
                "main",
                "",
                List.of("/bin/true"),
                List.of(),
                Map.of("PATH", "/usr/bin:/bin"),
                null,
                MessageSource.FILE,
                Surroundings.host());
    }

    private static String attributes(Path directory) throws Exception {
        Process lsattr = new ProcessBuilder("lsattr", "-d", directory.toString()).start();
        String line = new String(lsattr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lsattr.waitFor()).isZero();
        return line.split(" ", 2)[0];
    }
}
