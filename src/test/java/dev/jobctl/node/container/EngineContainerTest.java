package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An engine that writes down what it is asked.
final class EngineContainerTest {
    @TempDir
    Path home;

    private static final String TOLD = "kill --signal TERM c-1";
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> signals = new ArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ContainerEnd> end = new CompletableFuture<>();

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

    /// `then` is what it does after it has written down what it is asked.
    private Engine engine(String then) throws IOException {
        Path program = home.resolve("podman");
        Files.writeString(program, "#!/bin/sh\ncd %s\necho \"$*\" >>asked\n%s\n".formatted(home, then));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Log log = new Log(warnings::add, Log.Level.WARNING, Time.system(), "test");
        return new Engine(List.of(program.toString()), true, Map.of("PATH", "/usr/bin:/bin"), log);
    }

    private EngineContainer container(Engine engine, boolean terminal) {
        var client = new Client(signals, terminal ? Optional.of(home) : Optional.empty());
        return new EngineContainer(engine, "c-1", new AttemptFiles(home, 0), client, end);
    }

    private List<String> asked() throws IOException {
        Path asked = home.resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }

    /// A client that gets a signal when its container has just ended forgets how.
    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "125, false", "125, true"})
    void sigtermComesFromTheEngineAndNotByTheClient(int code, boolean terminal) throws IOException {
        new Termination(container(engine("exit " + code), terminal), List.of(SHORT)).run();
        assertThat(asked()).containsExactly(TOLD);
        assertThat(signals).isEmpty();
    }

    /// It says nothing until its container's pod has gone on.
    @Test
    void nobodyWaitsForASlowEngine() throws IOException {
        String slow = "until [ -e goes-on ]; do sleep 0.01; done; echo done >>asked";
        container(engine(slow), false).terminate();
        Files.createFile(home.resolve("goes-on"));
        await().atMost(PATIENCE).until(() -> asked().equals(List.of(TOLD, "done")));
    }

    @Test
    void anEngineThatFailsIsAskedAgain() throws IOException {
        Engine engine = engine("[ \"$(wc -l <asked)\" -eq 2 ]");
        new Termination(container(engine, false), List.of(SHORT, SHORT, SHORT)).run();
        assertThat(asked()).containsExactly(TOLD, TOLD);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatFailsInTheEndIsAWarning() throws IOException {
        Engine engine = engine("echo 'Error: no lock' >&2; exit 125");
        new Termination(container(engine, false), List.of(SHORT, SHORT, SHORT)).run();
        assertThat(asked()).containsExactly(TOLD, TOLD, TOLD);
        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("WARNING test: a container is not told to end container=c-1 cause=no lock");
    }

    @Test
    void anEngineThatIsNotThereIsAWarningToo() throws IOException {
        Engine engine = engine("");
        Files.delete(home.resolve("podman"));
        new Termination(container(engine, false), List.of(SHORT, SHORT)).run();
        assertThat(warnings).singleElement().asString().contains("container=c-1 cause=Cannot run program");
    }

    /// An engine refuses to tell one that has just ended, and the client's end comes a little later.
    @Test
    void aContainerThatEndsMeanwhileIsNoWarning() throws Exception {
        Engine engine = engine("exit 125");
        var termination = new Termination(container(engine, false), List.of(PATIENCE));
        Thread telling = Thread.ofVirtual().start(termination::run);
        await().atMost(PATIENCE).until(() -> asked().equals(List.of(TOLD)));
        end.complete(new ContainerEnd(0, "Completed", "", Instant.EPOCH, Instant.EPOCH));
        assertThat(telling.join(PATIENCE.dividedBy(2))).isTrue();
        assertThat(warnings).isEmpty();
        assertThat(asked()).containsExactly(TOLD);
    }

    @Test
    void oneThatHasEndedIsNotToldAtAll() throws IOException {
        end.complete(new ContainerEnd(0, "Completed", "", Instant.EPOCH, Instant.EPOCH));
        new Termination(container(engine("exit 125"), false), List.of(SHORT)).run();
        assertThat(asked()).isEmpty();
        assertThat(warnings).isEmpty();
    }
}
