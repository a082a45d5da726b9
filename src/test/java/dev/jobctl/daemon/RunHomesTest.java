package dev.jobctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHomesTest {
    @TempDir
    Path temporary;

    private final List<Path> ended = new ArrayList<>();

    /// As a process leaves it that was killed.
    private Path abandoned(String name) throws IOException {
        Path home = Files.createDirectories(temporary.resolve(name));
        Files.writeString(home.resolve("run.lock"), "");
        Files.writeString(Files.createDirectories(home.resolve("pods/a")).resolve("log"), "lines");
        return home;
    }

    @Test
    void aHomeWhoseRunWasKilledIsClearedAfterItsPodsWereEnded() throws IOException {
        Path home = abandoned("jobctl-run-1-a");
        new RunHomes(temporary).clear(ended::add);
        assertThat(ended).containsExactly(home);
        assertThat(home).doesNotExist();
    }

    @Test
    void aHomeWhoseRunGoesOnStays() throws IOException {
        RunHomes homes = new RunHomes(temporary);
        Path other = abandoned("jobctl-run-1-b");
        try (FileChannel channel = FileChannel.open(other.resolve("run.lock"), StandardOpenOption.WRITE);
                var lock = channel.lock();
                RunHomes.Home own = homes.make()) {
            assertThat(lock.isValid()).isTrue();
            homes.clear(ended::add);
            assertThat(own.path()).isDirectory();
            assertThat(other).isDirectory();
            own.remove();
            assertThat(own.path()).doesNotExist();
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void whatIsNoHomeOfARunStays() throws IOException {
        Path unlocked = Files.createDirectories(temporary.resolve("jobctl-run-1-c"));
        Path elsewhere = abandoned("other");
        Path link = Files.createSymbolicLink(temporary.resolve("jobctl-run-1-d"), elsewhere);
        new RunHomes(temporary).clear(ended::add);
        assertThat(List.of(unlocked, elsewhere, link)).allMatch(Files::exists);
        assertThat(ended).isEmpty();
    }

    @Test
    void aHomeWhosePodsCannotBeEndedStaysForTheNextRun() throws IOException {
        Path home = abandoned("jobctl-run-1-e");
        new RunHomes(temporary).clear(path -> {
            throw new IllegalStateException("not now");
        });
        assertThat(home.resolve("pods/a/log")).exists();
        new RunHomes(temporary).clear(ended::add);
        assertThat(home).doesNotExist();
    }
}
