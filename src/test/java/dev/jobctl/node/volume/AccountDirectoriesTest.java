package dev.jobctl.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What earlier accounts, and an earlier life of the daemon, left goes.
final class AccountDirectoriesTest {
    @TempDir
    Path home;

    private AccountDirectories directories;

    @BeforeEach
    void open() {
        directories = new AccountDirectories(home, PodCredentials.none(), Time.system());
    }

    private Path directory(String uid, String namespace) throws IOException {
        Path directory = Files.createDirectories(home.resolve("accounts").resolve(uid));
        Files.writeString(directory.resolve("namespace"), namespace);
        return directory;
    }

    @Test
    void onlyDirectoriesOfAccountsThatAreThereStay() throws Exception {
        Path there = directory("u1", "default");
        Path gone = directory("u2", "default");
        Path used = directory("u3", "busy");
        directories.sweep(() -> Set.of("u1"), Set.of("busy"));
        assertThat(there).isDirectory();
        assertThat(gone).doesNotExist();
        assertThat(used).isDirectory();
    }

    @Test
    void withoutAnyAccountThereIsNothingToRemove() throws Exception {
        directories.removeDrafts();
        directories.sweep(Set::of, Set.of());
        assertThat(home.resolve("accounts")).doesNotExist();
    }

    @Test
    void draftsOfADaemonThatWasKilledGo() throws Exception {
        Path directory = directory("u1", "default");
        Files.writeString(directory.resolve(".token1234"), "half");
        directories.removeDrafts();
        assertThat(directory).isDirectoryContaining("glob:**/namespace");
        assertThat(directory.resolve(".token1234")).doesNotExist();
    }
}
