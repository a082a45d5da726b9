package dev.jobctl.node.process;

import dev.jobctl.node.logs.LogClock;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Containers as plain process groups of this host, as the calling user, on the host's own files.
public final class ProcessRuntime implements PodRuntime {
    /// Where an image would have its working directory, and most have the root.
    private static final Path DEFAULT_DIRECTORY = Path.of("/");

    private static final String SERVICE_ACCOUNT_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// Variables that shells set or obey themselves.
    private static final Set<String> SHELLS_OWN = Set.of(
            "_",
            "BASHOPTS",
            "BASH_ENV",
            "ENV",
            "EUID",
            "GROUPS",
            "IFS",
            "LINENO",
            "OLDPWD",
            "OPTIND",
            "POSIXLY_CORRECT",
            "PPID",
            "PWD",
            "RANDOM",
            "SECONDS",
            "SHELLOPTS",
            "SHLVL",
            "UID");

    /// The exit code of what could not start.
    static final int START_FAILED = 128;

    private final Time time;
    private final Log log;
    private final Supervisor supervisor;
    private final ExitWatch exits;
    private final String boot = ProcessTable.bootId();

    public ProcessRuntime(Time time, Log log) {
        this.time = time;
        this.log = log.named("node.process");
        supervisor = new Supervisor(boot, this.log);
        exits = new ExitWatch(new LogClock(time, this.log), this.log);
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public ImageNote imageNote(Container container) {
        return new ImageNote(
                "ImageNotUsed",
                "Container image \"%s\" is not used: the process runtime runs this host's own files"
                        .formatted(Objects.requireNonNullElse(container.getImage(), "")));
    }

    @Override
    public Optional<String> refusal(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .flatMap(container -> container.getVolumeMounts().stream())
                .filter(mount -> !mount.getMountPath().startsWith(SERVICE_ACCOUNT_MOUNT))
                .map(VolumeMount::getName)
                .findFirst()
                .map(volume -> "MountVolume.SetUp failed for volume \"%s\" : the process runtime cannot mount volumes"
                        .formatted(volume));
    }

    @Override
    public StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended) {
        if (plan.command().isEmpty()) {
            return failed(
                    files,
                    "ContainerCannotRun",
                    ("the container names no command, and the entrypoint of image \"%s\" is not on this host: "
                                    + "set \"command\"")
                            .formatted(plan.image()));
        }
        Optional<String> zero = zeroByte(plan);
        if (zero.isPresent()) {
            return failed(files, "StartError", zero.get() + " contains a zero byte, which no program can be given");
        }
        Path directory = plan.workingDirectory() == null ? DEFAULT_DIRECTORY : Path.of(plan.workingDirectory());
        if (!Files.isDirectory(directory)) {
            return failed(
                    files,
                    "StartError",
                    "working directory %s does not exist on this host: %s".formatted(directory, ways("workingDir")));
        }
        String command = plan.command().getFirst();
        String path = plan.environment().getOrDefault("PATH", "");
        return switch (CommandSearch.find(command, path, directory)) {
            case CommandSearch.Missing(String why) ->
                failed(
                        files,
                        "StartError",
                        "exec: \"%s\": %s on this host: %s".formatted(command, why, ways("command")));
            case CommandSearch.Found(Path executable) -> spawn(executable, plan, directory, files, ended);
        };
    }

    /// What of the plan the system would cut at a zero byte.
    private static Optional<String> zeroByte(ContainerPlan plan) {
        if (plan.workingDirectory() != null && zeroByte(plan.workingDirectory())) {
            return Optional.of("workingDir");
        }
        if (Stream.concat(plan.command().stream(), plan.arguments().stream()).anyMatch(ProcessRuntime::zeroByte)) {
            return Optional.of("the command");
        }
        return plan.environment().entrySet().stream()
                .filter(variable -> zeroByte(variable.getKey()) || zeroByte(variable.getValue()))
                .findFirst()
                .map(variable -> "environment variable " + variable.getKey());
    }

    private static boolean zeroByte(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static String ways(String field) {
        return "set \"%s\" to one that this host has".formatted(field);
    }

    /// Recorded, so that a restarted node knows that this attempt is used up.
    private StartResult failed(AttemptFiles files, String reason, String message) {
        try {
            var claim = new RunFile.Claim(0, 0, boot, time.now());
            RunFile.writeWhole(files.run(), claim, new RunFile.Exit(START_FAILED, reason, message));
            return new StartResult.Failed(reason, message);
        } catch (IOException e) {
            return new StartResult.NotYet("CreateContainerError", "cannot write " + e.getMessage());
        }
    }

    private StartResult spawn(
            Path executable, ContainerPlan plan, Path directory, AttemptFiles files, Consumer<ContainerEnd> ended) {
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        environment.keySet().removeIf(name -> !passesShell(name));
        environment.put(TerminationMessage.VARIABLE, files.termination().toString());
        Instant now = time.now();
        try {
            long newest = ProcessTable.newestPid();
            Supervisor.Child child = supervisor.start(
                    new Supervisor.Order(command(executable, plan), environment, directory, files, now));
            var claim = new RunFile.Claim(child.process().pid(), child.startTicks(), boot, now);
            var family = new ProcessFamily(claim, mark(files), newest);
            var attempt = new Attempt(files, plan.message(), family, time);
            exits.child(child.process(), attempt, ended);
            return new StartResult.Started(attempt.container());
        } catch (FileNotFoundException e) {
            return new StartResult.NotYet("CreateContainerError", "cannot write the log: " + e.getMessage());
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            log.warning("container start", "command", executable, "failure", why);
            return why.contains("Argument list too long")
                    ? failed(files, "StartError", "arguments and environment are too long for this host")
                    : new StartResult.NotYet("RunContainerError", "cannot start a process: " + why);
        }
    }

    /// What a shell would keep back or change takes the way through `env`.
    private static List<String> command(Path executable, ContainerPlan plan) {
        List<String> words = new ArrayList<>();
        plan.environment().forEach((name, value) -> {
            if (!passesShell(name)) {
                words.add(name + "=" + value);
            }
        });
        if (!words.isEmpty()) {
            words.addFirst("/usr/bin/env");
        }
        words.add(executable.toString());
        words.addAll(plan.command().subList(1, plan.command().size()));
        words.addAll(plan.arguments());
        return words;
    }

    private static boolean passesShell(String name) {
        return IDENTIFIER.matcher(name).matches() && !SHELLS_OWN.contains(name);
    }

    /// Only this attempt's processes carry it; the zero byte ends it, so that attempt 1 is not taken for 10.
    private static String mark(AttemptFiles files) {
        return TerminationMessage.VARIABLE + "=" + files.termination() + "\0";
    }

    @Override
    public Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended) {
        Optional<RunFile> found = read(files);
        if (found.isEmpty()) {
            return new Recovered.NeverStarted();
        }
        RunFile run = found.get();
        var attempt = new Attempt(files, message, new ProcessFamily(run.claim(), mark(files), -1), time);
        boolean alive = run.exit() == null
                && run.claim().boot().equals(boot)
                && attempt.family().supervisor().isPresent();
        if (alive) {
            exits.adopted(attempt, ended);
            return new Recovered.Running(attempt.container());
        }
        return new Recovered.Ended(
                attempt.container().id(), attempt.settleLate(run.claim().boot().equals(boot)));
    }

    private static Optional<RunFile> read(AttemptFiles files) {
        try {
            return RunFile.read(files.run());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Execution execute(RunningContainer container, ContainerPlan plan, List<String> command) throws IOException {
        Path directory = plan.workingDirectory() == null ? DEFAULT_DIRECTORY : Path.of(plan.workingDirectory());
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(plan.environment());
        return new ProcessExecution(builder.start());
    }

    @Override
    public boolean ended(AttemptFiles files) {
        return read(files).filter(run -> run.exit() != null).isPresent();
    }

    @Override
    public void close() {
        supervisor.close();
        exits.close();
    }
}
