package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Supervisors that keep one attempt after another.
@EnabledOnOs(OS.LINUX)
final class ReturnedSupervisorsTest {
    private static final int ATTEMPTS = 30;

    @TempDir
    Path directory;

    private final ProcessRuntime runtime =
            new ProcessRuntime(new ProcessRuntime.Settings(Path.of("/nonexistent"), false), Time.system(), Log.none());
    private final BlockingQueue<ContainerEnd> ends = new LinkedBlockingQueue<>();
    private int attempts;

    @AfterEach
    void close() {
        runtime.close();
    }

    private static ContainerPlan plan(String script) {
        return new ContainerPlan(
                "main",
                "",
                List.of("/bin/sh", "-c", script),
                List.of(),
                Map.of("PATH", "/usr/bin:/bin"),
                null,
                MessageSource.FILE,
                Surroundings.host());
    }

    private SupervisedContainer start(String script) {
        AttemptFiles files = new AttemptFiles(directory, attempts++);
        StartResult result = runtime.start(plan(script), files, ends::add);
        assertThat(result).isInstanceOf(StartResult.Started.class);
        RunningContainer container = ((StartResult.Started) result).container();
        return (SupervisedContainer) container;
    }

    private ContainerEnd end() throws InterruptedException {
        ContainerEnd end = ends.poll(20, TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        return end;
    }

    private SupervisedContainer ended(String script) throws InterruptedException {
        SupervisedContainer container = start(script);
        end();
        return container;
    }

    @Test
    void attemptsInARowHaveFewerSupervisorsThanThereAreAttempts() throws Exception {
        Set<Long> supervisors = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            SupervisedContainer container = ended("true");
            supervisors.add(container.claim().pid());
            ids.add(container.id());
        }
        assertThat(supervisors).hasSizeLessThan(ATTEMPTS / 2);
        assertThat(ids).as("each attempt is a container of its own").hasSize(ATTEMPTS);
    }

    @Test
    void whatIsMeantForAnEndedAttemptDoesNotReachTheNextOfItsSupervisor() throws Exception {
        Map<Long, SupervisedContainer> before = new HashMap<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            SupervisedContainer next = start("until [ -e '" + directory.resolve("go" + i) + "' ]; do sleep 0.01; done");
            SupervisedContainer old = before.put(next.claim().pid(), next);
            if (old != null) {
                old.terminate();
                old.kill();
                assertThatThrownBy(() -> runtime.execute(old, plan("true"), List.of("true"), null))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the container has ended");
            }
            Files.createFile(directory.resolve("go" + i));
            assertThat(end().exitCode()).isZero();
        }
        assertThat(before).as("supervisors, some of which came back").hasSizeLessThan(ATTEMPTS);
    }

    @Test
    void anAttemptsChildrenEndBeforeItsSupervisorComesBack() throws Exception {
        Path alive = directory.resolve("alive");
        for (int i = 0; i < ATTEMPTS; i++) {
            ended("(exec 9>>'" + alive + "'; flock 9; exec sleep 100) >/dev/null 2>&1 & exit 3");
        }
        assertThat(ended("flock -n '" + alive + "' echo free").claim().pid()).isPositive();
        assertThat(new AttemptFiles(directory, attempts - 1).log()).hasContent("free\n");
    }

    @Test
    void aTerminatedAttemptsSupervisorPassesTheNextSignalOn() throws Exception {
        Set<Long> supervisors = new HashSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            SupervisedContainer container = start("sleep 100");
            supervisors.add(container.claim().pid());
            container.terminate();
            assertThat(end().exitCode()).isEqualTo(143);
        }
        assertThat(supervisors).hasSizeLessThan(ATTEMPTS);
    }
}
