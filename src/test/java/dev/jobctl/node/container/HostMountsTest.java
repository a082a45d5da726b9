package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.node.runtime.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMountsTest {
    @TempDir
    Path directory;

    private HostMounts mounts() throws IOException {
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(directory.resolve("data/disk"));
        return new HostMounts(
                home, home.toRealPath(), List.of(directory.resolve("data/disk").toRealPath()));
    }

    private static Mount readOnly(Path source, String part) {
        return new Mount(source, part, "/mnt", true, true);
    }

    @Test
    void whatShowsTheHomeOrTheKernelIsRefusedByAnyName() throws IOException {
        HostMounts mounts = mounts();
        Files.createSymbolicLink(directory.resolve("link"), Path.of("/"));
        for (Mount mount : List.of(
                readOnly(Path.of("/"), ""),
                readOnly(directory, "."),
                readOnly(directory.resolve("link"), ""),
                readOnly(Path.of("/proc/self"), ""),
                readOnly(Path.of("/"), "dev"))) {
            assertThatThrownBy(() -> mounts.check(List.of(mount)))
                    .as(mount.toString())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a container would see");
        }
    }

    @Test
    void aFileSystemBelowAReadOnlyDirectoryIsRefused() throws IOException {
        HostMounts mounts = mounts();
        assertThatThrownBy(() -> mounts.check(List.of(readOnly(directory.resolve("data"), ""))))
                .hasMessageContaining("a container could write");
    }

    @Test
    void volumesOfThePodAndNarrowPathsAreFine() throws IOException {
        HostMounts mounts = mounts();
        Path volume = Files.createDirectories(directory.resolve("home/pods/p/.volumes/v"));
        Path narrow = Files.createDirectories(directory.resolve("narrow"));
        assertThatCode(() -> mounts.check(List.of(readOnly(volume, ""), readOnly(narrow, ""))))
                .doesNotThrowAnyException();
    }
}
