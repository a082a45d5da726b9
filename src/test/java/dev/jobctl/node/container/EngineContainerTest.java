package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An engine that writes down what it is asked.
final class EngineContainerTest {
    @TempDir
    Path home;

    private final List<String> signals = new ArrayList<>();

    private record Client(List<String> signals, Optional<Path> terminal) implements RunningContainer {
        @Override
        public String id() {
            return "process://1-2-3";
        }

        @Override
        public Instant startedAt() {
            return Instant.EPOCH;
        }

        @Override
        public OutputStream input(boolean once) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void terminate() {
            signals.add("TERM");
        }

        @Override
        public void kill() {
            signals.add("KILL");
        }
    }

    private Engine engine(int code) throws IOException {
        Path program = home.resolve("podman");
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >>%s/asked\nexit %d\n".formatted(home, code));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Engine(List.of(program.toString()), true, Map.of("PATH", "/usr/bin:/bin"), Log.none());
    }

    /// A client that gets a signal when its container has just ended forgets how.
    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "125, false", "125, true"})
    void sigtermComesFromTheEngineAndNotByTheClient(int code, boolean terminal) throws IOException {
        var client = new Client(signals, terminal ? Optional.of(home) : Optional.empty());
        var files = new AttemptFiles(home, 0);
        new EngineContainer(engine(code), "c-1", files, client, new CompletableFuture<>()).terminate();
        assertThat(home.resolve("asked")).hasContent("kill --signal TERM c-1");
        assertThat(signals).isEmpty();
    }
}
