package dev.jobctl.node.process;

import dev.jobctl.node.fields.PodFields;
import dev.jobctl.node.fields.Way;
import dev.jobctl.node.logs.LogClock;
import dev.jobctl.node.logs.LogSettings;
import dev.jobctl.node.logs.LogTrim;
import dev.jobctl.node.logs.SystemHole;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartGate;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/// Containers as processes of this host, as the calling user, on the host's own files: in a sandbox where the kernel
/// allows it, else as plain process groups. Also keeps the commands of container engines, which it only supervises.
///
/// Long because a start has two ways, with the forker and without, whose failures are told alike.
public final class ProcessRuntime implements PodRuntime {
    /// Where there is no `setsid`, the terminal works but controls no jobs.
    private static final String OPENING =
            "if command -v setsid >/dev/null 2>&1; then exec setsid -w -c \"$@\" <>\"$0\" >&0 2>&1; fi;"
                    + " exec \"$@\" <>\"$0\" >&0 2>&1";

    /// The annotation that opens the sandbox of one pod with the value `off`.
    public static final String SANDBOX = "jobctl.dev/sandbox";

    /// Where an image would have its working directory, and most have the root.
    private static final Path DEFAULT_DIRECTORY = Path.of("/");

    /// The ids of its containers begin so.
    public static final String SCHEME = "process://";

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

    /// Between making a record and writing it a supervisor does nothing else.
    private static final Duration RECORDING_MAX = Duration.ofSeconds(30);

    /// The exit code of what could not start.
    static final int START_FAILED = 128;

    private final Settings settings;
    private final Time time;
    private final Log log;
    private final Supervisor supervisor;
    private final Optional<Forker> forker;
    private final Sandboxing sandboxing;
    private final ControlGroups groups;
    private final PodSpaces spaces;
    private final ExitWatch exits;
    private final String boot = ProcessTable.bootId();
    private final boolean root = ProcessTable.root();

    /// What a runtime is told about its place.
    ///
    /// @param home of the control plane, hidden from every sandbox
    /// @param sandbox whether pods get one that do not refuse it
    /// @param logSizeMax of one attempt's log
    /// @param patience with the process that starts containers
    public record Settings(Path home, boolean sandbox, long logSizeMax, Duration patience) {
        /// It answers within milliseconds; later only where a file system hangs.
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        public Settings(Path home, boolean sandbox, long logSizeMax) {
            this(home, sandbox, logSizeMax, PATIENCE);
        }

        /// With logs of the usual size.
        public Settings(Path home, boolean sandbox) {
            this(home, sandbox, LogSettings.USUAL.sizeMax());
        }
    }

    public ProcessRuntime(Settings settings, Time time, Log log) {
        this.settings = settings;
        this.time = time;
        this.log = log.named("node.process");
        supervisor = new Supervisor(boot, this.log);
        groups = new ControlGroups(time, this.log);
        spaces = new PodSpaces(settings.home().resolve("spaces"), this.log);
        forker = Forker.find(PodDirectory.home(settings.home()), this.log);
        sandboxing = new Sandboxing(forker, this.log);
        var trim = new LogTrim(settings.logSizeMax(), new SystemHole(), this.log);
        exits = new ExitWatch(new LogClock(trim, this.log), this.log);
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public ImageResult image(Pod pod, Container container, Consumer<ImageNote> told) {
        return new ImageResult.Ready(new ImageNote(
                "ImageNotUsed",
                "Container image \"%s\" is not used: the process runtime runs this host's own files"
                        .formatted(Objects.requireNonNullElse(container.getImage(), ""))));
    }

    @Override
    public Optional<String> refusal(Pod pod) {
        return new Refusals(pod, way(pod)).first();
    }

    private Way way(Pod pod) {
        return Way.processes(sandboxes(pod), root, forker.isPresent());
    }

    @Override
    public boolean sandboxes(Pod pod) {
        return wantsSandbox(pod) && sandboxing.possible();
    }

    private boolean wantsSandbox(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return settings.sandbox() && (annotations == null || !"off".equals(annotations.get(SANDBOX)));
    }

    @Override
    public List<Warning> warnings(Pod pod) {
        List<Warning> warnings = new ArrayList<>();
        if (wantsSandbox(pod) && !sandboxing.possible()) {
            String what = "the pod runs without a sandbox, as plain processes of this host: ";
            warnings.add(new Warning("SandboxUnavailable", what + sandboxing.missing()));
        }
        new PodFields(pod, way(pod)).warnings().forEach(what -> warnings.add(new Warning(Warning.FIELD, what)));
        Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .map(container -> Confinements.of(pod, container))
                .flatMap(this::unkept)
                .distinct()
                .forEach(what -> warnings.add(new Warning("LimitsUnavailable", what)));
        return warnings;
    }

    /// Limits that this host has no control groups for.
    private Stream<String> unkept(Confinement wanted) {
        Stream.Builder<String> found = Stream.builder();
        boolean limits = wanted.memoryBytes() > 0 || wanted.milliCpus() > 0 || wanted.processes() > 0;
        if (forker.isEmpty()) {
            return limits
                    ? Stream.of("limits are not kept: there is no Perl (apt-get install perl-base)")
                    : Stream.empty();
        }
        if (wanted.memoryBytes() > 0 && !groups.limits("memory")) {
            found.add("memory limits count for each process of its own: there is no control group to write to");
        }
        if (wanted.milliCpus() > 0 && !groups.limits("cpu")) {
            found.add("cpu limits are not kept: there is no control group to write to");
        }
        return found.build();
    }

    @Override
    public boolean startsAhead() {
        return forker.isPresent();
    }

    @Override
    public StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended) {
        return start(plan, files, StartGate.opened(), ended);
    }

    @Override
    public StartResult start(ContainerPlan plan, AttemptFiles files, StartGate gate, Consumer<ContainerEnd> ended) {
        Optional<String> zero = zeroByte(plan);
        boolean sound = !plan.command().isEmpty() && zero.isEmpty();
        boolean shared = plan.around().sandboxed() && plan.around().sharedProcesses();
        if (shared && !gate.await()) {
            return StartResult.DROPPED;
        }
        if (sound && plan.around().sandboxed() && forker.isPresent()) {
            return fork(forker.get(), plan, files, gate, ended, order(plan, files));
        }
        if (!gate.await()) {
            return StartResult.DROPPED;
        }
        if (plan.command().isEmpty()) {
            return failed(
                    files,
                    "ContainerCannotRun",
                    ("the container names no command, and the entrypoint of image \"%s\" is not on this host: "
                                    + "set \"command\"")
                            .formatted(plan.image()));
        }
        if (zero.isPresent()) {
            return failed(files, "StartError", zero.get() + " contains a zero byte, which no program can be given");
        }
        Path directory = directory(plan);
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
            case CommandSearch.Found(Path executable) ->
                forker.isPresent()
                        ? fork(forker.get(), plan, files, gate, ended, order(plan, files))
                        : spawn(executable, plan, directory, files, ended);
        };
    }

    /// Runs the command of a container engine with the care that a container's program gets: its own session, its
    /// output in the log, its end on record. What it leaves behind runs on.
    ///
    /// @param program as [Surroundings#host] has it; its command begins with an absolute path
    public StartResult supervise(ContainerPlan program, AttemptFiles files, Consumer<ContainerEnd> ended) {
        return forker.isPresent()
                ? fork(
                        forker.get(),
                        program,
                        files,
                        StartGate.opened(),
                        ended,
                        order(program, files).apart())
                : spawn(Path.of(program.command().getFirst()), program, DEFAULT_DIRECTORY, files, ended);
    }

    private ForkedOrder order(ContainerPlan plan, @Nullable AttemptFiles files) {
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        if (!plan.around().sandboxed() && files != null) {
            environment.put(TerminationMessage.VARIABLE, files.termination().toString());
        }
        return new ForkedOrder(plan, directory(plan), environment, settings.home());
    }

    private static Path directory(ContainerPlan plan) {
        return plan.workingDirectory() == null ? DEFAULT_DIRECTORY : Path.of(plan.workingDirectory());
    }

    private StartResult fork(
            Forker found,
            ContainerPlan plan,
            AttemptFiles files,
            StartGate gate,
            Consumer<ContainerEnd> ended,
            ForkedOrder what) {
        Instant now = time.now();
        try {
            if (plan.console().input() && !Files.exists(files.input())) {
                FedInput.make(files.input());
            }
            OrderFields order = what.attempt(
                    files, boot, now, groups.make(files, plan.around().confinement()));
            if (plan.around().sandboxed() && plan.around().sharedProcesses()) {
                order.tell('q', space(files).toString());
            }
            boolean waits = !gate.isOpen();
            Forker.Birth birth = found.fork(waits ? order.tell('w', "1") : order);
            if (waits) {
                gate.whenDecided(goes -> {
                    if (goes) {
                        birth.shortcut().tell();
                    }
                });
                boolean goes = gate.await();
                found.decide(birth, goes);
                if (!goes) {
                    return StartResult.DROPPED;
                }
            }
            Forker.Recorded recorded = birth.awaitRecorded(settings.patience());
            var claim = new RunFile.Claim(recorded.pid(), recorded.startTicks(), boot, now, true);
            Attempt attempt = attempt(files, plan.message(), claim);
            String failure = birth.awaitRunning(settings.patience());
            if (!failure.isEmpty()) {
                return new StartResult.Failed("StartError", withWays(failure));
            }
            exits.forked(birth, attempt, ended);
            return new StartResult.Started(attempt.container());
        } catch (Forker.Taken e) {
            return taken(plan, files, ended);
        } catch (Forker.Unanswered e) {
            return withdrawn(plan, files, ended, notYet(plan, e));
        } catch (IOException e) {
            return notYet(plan, e);
        }
    }

    private StartResult notYet(ContainerPlan plan, IOException why) {
        log.warning("container start", "command", plan.command().getFirst(), "failure", why.getMessage());
        return new StartResult.NotYet("CreateContainerError", "cannot start a process: " + why.getMessage());
    }

    /// The pod may end before the attempt is tried again: nothing may begin meanwhile. Or it has begun.
    private StartResult withdrawn(
            ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended, StartResult notYet) {
        try {
            RunFile.withdraw(files.run());
            return notYet;
        } catch (FileAlreadyExistsException e) {
            return taken(plan, files, ended);
        } catch (IOException e) {
            log.warning("a start is not taken back", "record", files.run(), "failure", e.getMessage());
            return notYet;
        }
    }

    /// Whether containers of one pod can see each other's processes and no others: an ordinary user's sandboxes have
    /// users of their own, who can share nothing.
    public boolean sharesProcesses() {
        return root && sandboxing.possible();
    }

    /// The namespace of an attempt's pod, which is made when there is none.
    public Path space(AttemptFiles files) throws IOException {
        Forker found = forker.orElseThrow(() -> new IOException("there is no Perl (apt-get install perl-base)"));
        return Path.of("/proc/" + spaces.join(ControlGroups.uid(files), found) + "/ns/pid");
    }

    @Override
    public void podOver(String uid) {
        spaces.leave(uid);
    }

    @Override
    public void onlyThese(Set<String> uids) {
        spaces.onlyThese(uids);
    }

    /// Another supervisor runs the attempt: one that an earlier life of this node started just before it died.
    private StartResult taken(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended) {
        try {
            return switch (recover(files, plan.message(), ended)) {
                case Recovered.Running(RunningContainer container) -> new StartResult.Started(container);
                case Recovered.Ended(String _, ContainerEnd end) -> past(plan, files, end, ended);
                case Recovered.Rebooted(String _, ContainerEnd end) ->
                    new StartResult.Failed(end.reason(), end.message());
                case Recovered.NeverStarted() ->
                    abandoned(files.run())
                            ? start(plan, files, ended)
                            : new StartResult.NotYet(
                                    "CreateContainerError", "cannot record the start in " + files.run());
            };
        } catch (IOException e) {
            return notYet(plan, e);
        }
    }

    /// It ran, and is over already.
    private StartResult past(ContainerPlan plan, AttemptFiles files, ContainerEnd end, Consumer<ContainerEnd> ended)
            throws IOException {
        Optional<RunFile> run = RunFile.read(files.run());
        if (end.exitCode() == START_FAILED && end.reason().equals("StartError") || run.isEmpty()) {
            return new StartResult.Failed(end.reason(), end.message());
        }
        ended.accept(end);
        return new StartResult.Started(
                attempt(files, plan.message(), run.get().claim()).container());
    }

    private Attempt attempt(AttemptFiles files, MessageSource message, RunFile.Claim claim) {
        return new Attempt(files, message, new ProcessFamily(claim, mark(files), -1), time);
    }

    /// Removes what stands in the way of the attempt: that it was withdrawn, or a record without its first line, whose
    /// supervisor was killed, or the machine went down, in that very moment. One that is young may still get it.
    private boolean abandoned(Path run) {
        try {
            if (RunFile.readmit(run)) {
                return true;
            }
            Instant made = Files.getLastModifiedTime(run).toInstant();
            Duration age = Duration.between(made, time.now()).abs(); // the clock may have been set back
            return age.compareTo(RECORDING_MAX) > 0 && Files.deleteIfExists(run);
        } catch (IOException e) {
            log.debug("a record without its first line", "file", run, "failure", e.getMessage());
            return false;
        }
    }

    private static String withWays(String failure) {
        if (failure.startsWith("exec: ")) {
            return failure + " on this host: " + ways("command");
        }
        return failure.startsWith("working directory ") ? failure + " on this host: " + ways("workingDir") : failure;
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
            var claim = new RunFile.Claim(0, 0, boot, time.now(), false);
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
            var claim = new RunFile.Claim(child.process().pid(), child.startTicks(), boot, now, false);
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
    public Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended)
            throws IOException {
        Optional<RunFile> found = RunFile.read(files.run());
        if (found.isEmpty()) {
            return new Recovered.NeverStarted();
        }
        RunFile run = found.get();
        Attempt attempt = attempt(files, message, run.claim());
        boolean alive = run.exit() == null
                && run.claim().boot().equals(boot)
                && !attempt.family().orphaned();
        if (alive) {
            exits.adopted(attempt, ended);
            return new Recovered.Running(attempt.container());
        }
        boolean sameBoot = run.claim().boot().equals(boot);
        String id = attempt.container().id();
        ContainerEnd end = attempt.settleLate(sameBoot);
        return sameBoot || run.exit() != null ? new Recovered.Ended(id, end) : new Recovered.Rebooted(id, end);
    }

    @Override
    public Execution execute(
            RunningContainer container, ContainerPlan plan, List<String> command, @Nullable String terminal)
            throws IOException {
        if (forker.isPresent() && container instanceof SupervisedContainer supervised) {
            return new ProcessExecution(enter(forker.get(), supervised, plan, command, terminal));
        }
        ProcessBuilder builder = new ProcessBuilder(terminal == null ? command : opening(terminal, command))
                .directory(directory(plan).toFile());
        builder.environment().clear();
        builder.environment().putAll(plan.environment());
        return new ProcessExecution(builder.start());
    }

    private Process enter(
            Forker found,
            SupervisedContainer container,
            ContainerPlan plan,
            List<String> command,
            @Nullable String terminal)
            throws IOException {
        return container
                .tenure()
                .during(() -> {
                    OrderFields order = order(plan, null).beside(command, groups(container, plan));
                    if (terminal != null) {
                        order.add('t', terminal);
                    }
                    return found.enter(container.claim().pid(), container.run(), order);
                })
                .orElseThrow(() -> new IOException("the container has ended"));
    }

    /// Those of the container's own program, which is below its supervisor, in a sandbox below that one's first
    /// process. A container engine's client has none; its `exec` sees to the container's.
    private Optional<ControlGroups.Group> groups(SupervisedContainer container, ContainerPlan plan) {
        Optional<Long> child = ProcessTable.firstChild(container.claim().pid());
        return (plan.around().sandboxed() ? child.flatMap(ProcessTable::firstChild) : child).flatMap(groups::of);
    }

    private static List<String> opening(String terminal, List<String> command) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", OPENING, terminal));
        words.addAll(command);
        return words;
    }

    @Override
    public boolean ended(AttemptFiles files) {
        try {
            return RunFile.read(files.run()).filter(run -> run.exit() != null).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        exits.close();
        forker.ifPresent(Forker::close);
        supervisor.close();
    }
}
