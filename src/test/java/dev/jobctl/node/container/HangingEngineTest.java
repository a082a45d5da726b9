package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine whose `run` does not come to an end, as on a lock of its storage.
final class HangingEngineTest {
    @TempDir
    Path home;

    private Path engine() throws IOException {
        Path program = home.resolve("podman");
        Files.writeString(program, """
            #!/bin/sh
            case " $* " in
            *" run "*) echo waits for a lock; exec sleep 1000 ;;
            *" kill "*) exit 1 ;;
            *) echo "$*" >> %s/asked ;;
            esac
            """.formatted(home));
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static ContainerPlan plan() {
        var free = new Confinement(null, null, null, List.of(), false, false, false, false, 0, 0, 0);
        return new ContainerPlan(
                "main",
                "img:1",
                List.of("true"),
                List.of(),
                Map.of(),
                null,
                MessageSource.FILE,
                new Surroundings(true, "p", "127.1.0.2", null, List.of(), "/dev/termination-log", free, false, ""));
    }

    @Test
    void theStartIsGivenUpAndTriedAgainLater() throws IOException {
        var settings =
                new EngineSettings(List.of(engine().toString()), List.of(), false, Map.of("PATH", "/usr/bin:/bin"));
        var calls = new AtomicInteger();
        Time leaping = () -> Instant.EPOCH.plus(Duration.ofSeconds(calls.getAndIncrement()));
        Path directory = Files.createDirectories(home.resolve("pods/ns_p_uid-1/main"));
        var files = new AttemptFiles(directory, 0);
        try (var processes = new ProcessRuntime(new ProcessRuntime.Settings(home, false), Time.system(), Log.none());
                var runtime = new ContainerRuntime(home, settings, processes, leaping, Log.none())) {
            StartResult result = runtime.start(plan(), files, end -> {});
            assertThat(result)
                    .isEqualTo(new StartResult.NotYet(
                            "CreateContainerError",
                            "the container engine did not start the container within 120 s: waits for a lock"));
        }
        assertThat(home.resolve("asked")).content().contains("rm --force");
        assertThat(files.run()).doesNotExist();
        assertThat(files.container()).doesNotExist();
    }
}
