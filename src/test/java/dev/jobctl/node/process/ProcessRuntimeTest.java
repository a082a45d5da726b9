package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProcessRuntimeTest {
    @TempDir
    Path directory;

    private final ProcessRuntime runtime =
            new ProcessRuntime(new ProcessRuntime.Settings(Path.of("/nonexistent"), false), Time.system(), Log.none());
    private final BlockingQueue<ContainerEnd> ends = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static ContainerPlan plan(Map<String, String> environment, String... command) {
        return new ContainerPlan(
                "main", "", List.of(command), List.of(), environment, null, MessageSource.FILE, Surroundings.host());
    }

    private static ContainerPlan shell(String script) {
        return plan(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", script);
    }

    private ContainerEnd end() throws InterruptedException {
        ContainerEnd end = ends.poll(20, TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        return end;
    }

    @Test
    void ofTwoSupervisorsOfOneAttemptOneRunsAndBothKnowItsEnd() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        ContainerPlan plan = shell("echo ran; sleep 0.2; exit 6");
        assertThat(runtime.start(plan, files, ends::add)).isInstanceOf(StartResult.Started.class);
        assertThat(runtime.start(plan, files, ends::add)).isInstanceOf(StartResult.Started.class);
        assertThat(end().exitCode()).isEqualTo(6);
        assertThat(end().exitCode()).isEqualTo(6);
        assertThat(files.log()).hasContent("ran\n");
    }

    @Test
    void containersInARowRunInSparesWhichEndWithTheRuntime() throws Exception {
        for (int attempt = 0; attempt < 6; attempt++) {
            AttemptFiles files = new AttemptFiles(directory, attempt);
            ContainerPlan plan = shell("echo \"$0 " + attempt + "\"; cd /proc/$$/fd; echo *");
            assertThat(runtime.start(plan, files, ends::add)).isInstanceOf(StartResult.Started.class);
            assertThat(end().exitCode()).isZero();
            assertThat(files.log()).hasContent("/bin/sh " + attempt + "\n0 1 2 3\n");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> spares() > 0);
        runtime.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> spares() == 0);
    }

    @Test
    void whatASupervisedCommandLeavesBehindRunsOn() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        Path left = directory.resolve("left");
        String script = "(sleep 0.3; : >" + left + ") >/dev/null 2>&1 & echo begun";
        assertThat(runtime.supervise(shell(script), files, ends::add)).isInstanceOf(StartResult.Started.class);
        assertThat(end().exitCode()).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(left));
    }

    private static long spares() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("jobctl spare"))
                .count();
    }

    @Test
    void aStartThatCannotBeRecordedRunsNothingAndIsTriedAgain() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        Files.createSymbolicLink(files.run(), directory.resolve("missing").resolve("file"));
        assertThat(runtime.start(shell("echo ran"), files, ends::add)).isInstanceOf(StartResult.NotYet.class);
        assertThat(files.log()).isEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({"OOMKilled, FILE, said", "OOMKilled, FILE_OR_LOG, said", "StartError, FILE, why"})
    void whoIsKilledForMemoryHasAMessageToo(String reason, MessageSource source, String expected) throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        Files.writeString(source == MessageSource.FILE ? files.termination() : files.log(), "said");
        var claim = new RunFile.Claim(0, 0, "another", Instant.EPOCH, false);
        String why = reason.equals("StartError") ? "why" : "";
        RunFile.writeWhole(files.run(), claim, new RunFile.Exit(137, reason, why));
        assertThat(runtime.recover(files, source, ends::add)).isInstanceOfSatisfying(Recovered.Ended.class, ended -> {
            assertThat(ended.end().reason()).isEqualTo(reason);
            assertThat(ended.end().message()).isEqualTo(expected);
        });
    }

    @Test
    void aRecordThatCannotBeReadIsNoneThatIsMissing() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        Files.createDirectory(files.run());
        Files.setLastModifiedTime(files.run(), FileTime.from(Instant.EPOCH));
        assertThatThrownBy(() -> runtime.recover(files, MessageSource.FILE, ends::add))
                .isInstanceOf(IOException.class);
        assertThat(runtime.start(shell("echo ran"), files, ends::add)).isInstanceOf(StartResult.NotYet.class);
        assertThat(files.run()).isDirectory();
        assertThat(files.log()).isEmptyFile();
    }

    @Test
    void tooLongArgumentsFailForGood() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        ContainerPlan plan = plan(Map.of("PATH", "/bin", "BIG", "x".repeat(200_000)), "true");
        assertThat(runtime.start(plan, files, ends::add)).isInstanceOf(StartResult.Failed.class);
        assertThat(runtime.recover(files, MessageSource.FILE, ends::add)).isInstanceOf(Recovered.Ended.class);
    }

    @Test
    void whatHoldsAZeroByteFailsForGood() {
        var path = Map.of("PATH", "/bin");
        var plans = List.of(
                plan(path, "true", "a\0b"),
                plan(path, "tr\0ue"),
                plan(Map.of("PATH", "/bin", "A", "x\0y"), "true"),
                new ContainerPlan(
                        "main",
                        "",
                        List.of("true"),
                        List.of(),
                        path,
                        "/tmp\0x",
                        MessageSource.FILE,
                        Surroundings.host()));
        for (int attempt = 0; attempt < plans.size(); attempt++) {
            AttemptFiles files = new AttemptFiles(directory, attempt);
            assertThat(runtime.start(plans.get(attempt), files, ends::add)).isInstanceOf(StartResult.Failed.class);
        }
    }

    @Test
    void aLogThatCannotBeWrittenIsTriedAgain() {
        AttemptFiles files = new AttemptFiles(directory.resolve("missing"), 0);
        assertThat(runtime.start(shell("true"), files, ends::add)).isInstanceOf(StartResult.NotYet.class);
    }

    @Test
    void variablesOfThePodDoNotMeetTheSupervisors() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        Map<String, String> environment = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "PWD",
                "here",
                "IFS",
                "0123456789",
                "ENV",
                "/nowhere",
                "PS4",
                "+",
                "POSIXLY_CORRECT",
                "1");
        runtime.start(plan(environment, "/usr/bin/env"), files, ends::add);
        assertThat(end().exitCode()).isZero();
        assertThat(Files.readAllLines(files.log()))
                .contains("IFS=0123456789", "ENV=/nowhere", "PWD=here")
                .noneMatch(line -> line.startsWith("_jobctl"));
    }

    @Test
    void aNameOfABuiltInOfTheShellIsTheProgramOfThatName() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        runtime.start(plan(Map.of("PATH", "/usr/bin:/bin"), "echo", "-n", "x"), files, ends::add);
        assertThat(end().exitCode()).isZero();
        assertThat(files.log()).hasContent("x");
        var missing = plan(Map.of("PATH", "/usr/bin:/bin"), "exit", "3");
        assertThat(runtime.start(missing, new AttemptFiles(directory, 1), ends::add))
                .isInstanceOf(StartResult.Failed.class);
    }

    @Test
    void aSignalToTheGroupEndsTheProgramNotItsRecord() throws Exception {
        AttemptFiles files = new AttemptFiles(directory, 0);
        runtime.start(shell("kill -TERM 0; echo never"), files, ends::add);
        assertThat(end().exitCode()).isEqualTo(143);
        assertThat(files.log()).isEmptyFile();
    }
}
