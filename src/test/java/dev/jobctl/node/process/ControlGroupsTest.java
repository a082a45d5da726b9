package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In a directory that looks like the kernel's, of either version.
final class ControlGroupsTest {
    @TempDir
    Path root;

    private ControlGroups groups;

    @BeforeEach
    void make() {
        groups = new ControlGroups(root, Time.system(), Log.none());
    }

    @Test
    void limitsThatCouldNotBeHadAtFirstAreHadLater() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Path inTheWay = Files.createDirectory(root.resolve("cgroup.subtree_control"));
        assertThat(groups.limits("memory")).isFalse();
        Files.delete(inTheWay);
        assertThat(groups.limits("memory")).isTrue();
        assertThat(groups.limits("pids")).isTrue();
    }

    @Test
    void soItIsWithTheOlderVersion() throws IOException {
        Path inTheWay =
                Files.createFile(Files.createDirectory(root.resolve("memory")).resolve("jobctl"));
        Files.createDirectory(root.resolve("cpu"));
        Path own = Path.of(ControlGroups.own(":memory:"));
        if (own.getNameCount() > 0) { // this program has a group of its own
            Files.createDirectories(root.resolve("memory" + own.getParent()));
            inTheWay = Files.createFile(root.resolve("memory" + own));
        }
        assertThat(groups.limits("memory")).isFalse();
        assertThat(groups.limits("cpu")).isTrue();
        Files.delete(inTheWay);
        assertThat(groups.limits("memory")).isTrue();
        assertThat(groups.limits("pids")).isFalse();
    }

    @Test
    void aGroupThatAProgramMayJoinYetIsNotSwept() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Path old = Files.createDirectories(root.resolve("jobctl/old"));
        Path young = Files.createDirectories(root.resolve("jobctl/young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(61)));
        assertThat(groups.limits("memory")).isTrue();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }
}
