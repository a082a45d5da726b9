package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.logs.LogSettings;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Starts to which the forker gives no answer.
@EnabledOnOs(OS.LINUX)
final class LateStartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(500);

    @TempDir
    Path home;

    private final BlockingQueue<ContainerEnd> ends = new LinkedBlockingQueue<>();
    private ProcessRuntime runtime;
    private ProcessHandle forker;
    private int attempts;

    @BeforeEach
    void stopTheForker() throws Exception {
        var settings = new ProcessRuntime.Settings(home, false, LogSettings.USUAL.sizeMax(), IMPATIENCE);
        runtime = new ProcessRuntime(settings, Time.system(), Log.none());
        assertThat(start(next(), "true")).isInstanceOf(StartResult.Started.class);
        end();
        forker = ProcessHandle.current()
                .children()
                .filter(child -> words(child.pid()).contains(home + "/pods"))
                .findFirst()
                .orElseThrow();
        signal("STOP");
    }

    @AfterEach
    void close() throws Exception {
        signal("CONT");
        runtime.close();
    }

    private static String words(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException e) { // it has ended
            return "";
        }
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + forker.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    private AttemptFiles next() {
        return new AttemptFiles(home, attempts++);
    }

    private StartResult start(AttemptFiles files, String script) {
        ContainerPlan plan = new ContainerPlan(
                "main",
                "",
                List.of("/bin/sh", "-c", script),
                List.of(),
                Map.of("PATH", "/usr/bin:/bin"),
                null,
                MessageSource.FILE,
                Surroundings.host());
        return runtime.start(plan, files, ends::add);
    }

    private ContainerEnd end() throws InterruptedException {
        ContainerEnd end = ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        return end;
    }

    /// The supervisor opens the log before it makes its record.
    private void letTheOrderArrive(AttemptFiles files) throws Exception {
        signal("CONT");
        await().atMost(PATIENCE).until(() -> Files.exists(files.log()));
        for (int later = 0; later < 3; later++) {
            assertThat(start(next(), "true")).isInstanceOf(StartResult.Started.class);
            end();
        }
    }

    @Test
    void whatWasGivenUpDoesNotRunWhenItsOrderArrives() throws Exception {
        AttemptFiles files = next();
        assertThat(start(files, "echo ran")).isInstanceOf(StartResult.NotYet.class);
        letTheOrderArrive(files);
        assertThat(files.log()).isEmptyFile();
        assertThat(ends).isEmpty();
    }

    @Test
    void whatWasGivenUpRunsOnceWhenItIsTriedAgain() throws Exception {
        AttemptFiles files = next();
        assertThat(start(files, "echo ran; exit 3")).isInstanceOf(StartResult.NotYet.class);
        letTheOrderArrive(files);
        assertThat(start(files, "echo ran; exit 3")).isInstanceOf(StartResult.Started.class);
        assertThat(end().exitCode()).isEqualTo(3);
        assertThat(files.log()).hasContent("ran\n");
    }

    @Test
    void whatBeganWithoutAnAnswerIsFoundRunning() throws Exception {
        AttemptFiles files = next();
        Process running = new ProcessBuilder("sleep", "1000").start();
        try {
            long ticks = ProcessTable.row(running.pid()).orElseThrow().startTicks();
            var claim = new RunFile.Claim(
                    running.pid(), ticks, ProcessTable.bootId(), Time.system().now(), true);
            Files.writeString(files.run(), claim.line());
            assertThat(start(files, "echo ran"))
                    .isInstanceOfSatisfying(
                            StartResult.Started.class,
                            started -> assertThat(started.container().id()).isEqualTo(SupervisedContainer.id(claim)));
            letTheOrderArrive(files);
        } finally {
            running.destroyForcibly().waitFor();
        }
        assertThat(end().reason()).isEqualTo("ContainerStatusUnknown");
        assertThat(files.log()).isEmptyFile();
    }
}
