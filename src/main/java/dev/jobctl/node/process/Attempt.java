package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One started attempt: its files, its processes, and how its end is told from both.
///
/// @param tenure after which the supervisor may keep another attempt
record Attempt(AttemptFiles files, MessageSource message, ProcessFamily family, Time time, Tenure tenure) {
    /// Within this time process ids cannot have come round: 32,768 of them would have to be used up.
    private static final Duration YOUNG = Duration.ofSeconds(2);

    /// Reasons of ends at which the program itself had nothing to say.
    private static final Set<String> SILENT = Set.of("StartError", "ContainerStatusUnknown");

    Attempt(AttemptFiles files, MessageSource message, ProcessFamily family, Time time) {
        this(files, message, family, time, new Tenure());
    }

    SupervisedContainer container() {
        return new SupervisedContainer(family.claim(), family, files.run(), files.input(), files.terminal(), tenure);
    }

    /// What is recorded, if it can be read.
    Optional<RunFile> run() {
        try {
            return RunFile.read(files.run());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The recorded end, if there is one.
    Optional<RunFile> recorded() throws IOException {
        return RunFile.read(files.run()).filter(run -> run.exit() != null);
    }

    /// The same attempt under the supervisor that an earlier life of this node started just before it died; ours
    /// found the record taken and left. Empty when `run` is of our own.
    Optional<Attempt> takenByAnother(Optional<RunFile> run) {
        return run.map(RunFile::claim)
                .filter(claim -> claim.pid() != family.claim().pid())
                .map(claim -> new Attempt(
                        files, message, new ProcessFamily(claim, family.mark(), family.newestBefore()), time));
    }

    /// After an adopted supervisor was seen to go: kills what is left, and tells the end. An end that nobody recorded
    /// is recorded now as unknown.
    ContainerEnd settle(Optional<RunFile> recorded) {
        family.kill();
        return recorded.map(this::end).orElseGet(() -> complete(unknown()));
    }

    /// The same for a supervisor that went while nobody looked.
    ContainerEnd settleLate(boolean sameBoot) throws IOException {
        if (sameBoot) {
            family.killMarked();
        }
        return recorded().map(this::end).orElseGet(() -> complete(unknown()));
    }

    /// The same for a child of this daemon, whose exit code is known even when the disk was too full to record it.
    /// `run` is what was recorded.
    ContainerEnd settle(int exitCode, Optional<RunFile> run) {
        if (!family.claim().forked() || run.isEmpty() || run.get().exit() == null) {
            killRest();
        }
        if (exitCode == Supervisor.UNRECORDED && run.isEmpty()) {
            String why = "cannot record the start in " + files.run();
            return complete(new RunFile.Exit(ProcessRuntime.START_FAILED, "StartError", why));
        }
        return run.filter(found -> found.exit() != null)
                .map(this::end)
                .orElseGet(() -> complete(new RunFile.Exit(exitCode, "", "")));
    }

    private void killRest() {
        boolean young = time.now().isBefore(family.claim().startedAt().plus(YOUNG));
        if (young) {
            family.killYoung();
        } else {
            family.kill();
        }
    }

    private ContainerEnd end(RunFile run) {
        RunFile.Exit exit = run.exit();
        Instant at = run.endedAt();
        return exit == null || at == null ? end(unknown(), time.now()) : end(exit, at);
    }

    private ContainerEnd end(RunFile.Exit exit, Instant at) {
        Instant startedAt = family.claim().startedAt();
        Instant finishedAt = at.isBefore(startedAt) ? startedAt : at;
        if (SILENT.contains(exit.reason())) {
            return new ContainerEnd(exit.code(), exit.reason(), exit.message(), startedAt, finishedAt);
        }
        String said = TerminationMessage.read(files, message, exit.code());
        return exit.reason().isEmpty()
                ? ContainerEnd.exited(exit.code(), said, startedAt, finishedAt)
                : new ContainerEnd(exit.code(), exit.reason(), said, startedAt, finishedAt);
    }

    /// A failure to write is no loss now: the end is on its way to the pod's status.
    private ContainerEnd complete(RunFile.Exit exit) {
        try {
            RunFile.append(files.run(), exit);
        } catch (IOException e) {
            return end(exit, time.now());
        }
        return end(exit, time.now());
    }

    ContainerEnd lost() {
        return ContainerEnd.unknown(family.claim().startedAt(), time.now());
    }

    private RunFile.Exit unknown() {
        ContainerEnd end = ContainerEnd.unknown(time.now(), time.now());
        return new RunFile.Exit(end.exitCode(), end.reason(), end.message());
    }
}
