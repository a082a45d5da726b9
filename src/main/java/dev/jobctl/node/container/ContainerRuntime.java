package dev.jobctl.node.container;

import dev.jobctl.node.fields.PodFields;
import dev.jobctl.node.fields.Way;
import dev.jobctl.node.process.MarkedProcesses;
import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodAddresses;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Containers of podman or Docker. Each attempt is the engine's `run` under one of our supervisors, so that log, exit
/// code and recovery are those of processes; the container lives and dies with the engine.
public final class ContainerRuntime implements PodRuntime {
    private final Path home;
    private final EngineSettings settings;
    private final ProcessRuntime processes;
    private final Time time;
    private final Log log;
    private final AtomicLong executions = new AtomicLong();
    private @Nullable Parts parts;

    /// What there is once an engine was found.
    private record Parts(Engine engine, ImageStore images, ContainerEnds ends, Optional<PodNetworks> networks) {}

    /// `processes` supervises the engine's clients; its owner closes it.
    public ContainerRuntime(Path home, EngineSettings settings, ProcessRuntime processes, Time time, Log log) {
        this.home = home;
        this.settings = settings;
        this.processes = processes;
        this.time = time;
        this.log = log.named("node.container");
    }

    @Override
    public String name() {
        return "container";
    }

    /// Looked for until it is found: it may be installed while we run.
    private synchronized Optional<Parts> parts() {
        if (parts == null) {
            parts = Engine.find(settings, log)
                    .map(engine -> new Parts(
                            engine,
                            new ImageStore(engine, time),
                            new ContainerEnds(engine, time),
                            PodNetworks.of(engine, settings, home)))
                    .orElse(null);
        }
        return Optional.ofNullable(parts);
    }

    private Parts present() throws IOException {
        return parts().orElseThrow(() -> new IOException(missing()));
    }

    private String missing() {
        return settings.command().isEmpty()
                ? "the container runtime needs podman or docker, and neither is on the PATH (apt-get install podman)"
                : "the container engine %s=%s is not on the PATH"
                        .formatted(EngineSettings.ENGINE, settings.command().getFirst());
    }

    @Override
    public Optional<String> refusal(Pod pod) {
        return parts().isEmpty()
                ? Optional.of(missing())
                : fields(pod).refusal().map(what -> "the container runtime cannot do this: " + what);
    }

    @Override
    public List<Warning> warnings(Pod pod) {
        return fields(pod).warnings().stream()
                .map(what -> new Warning(Warning.FIELD, what))
                .toList();
    }

    private PodFields fields(Pod pod) {
        @Nullable Map<String, String> annotations = pod.getMetadata().getAnnotations();
        boolean leave = annotations != null && "off".equals(annotations.get(ProcessRuntime.SANDBOX));
        boolean shares =
                parts().filter(found -> found.engine().near() && found.engine().podman())
                                .isPresent()
                        && processes.sharesProcesses();
        return new PodFields(pod, Way.containers(leave, addresses(pod).isPresent(), shares));
    }

    @Override
    public boolean sandboxes(Pod pod) {
        return true;
    }

    /// The image has its own.
    @Override
    public Map<String, String> basics(Map<String, String> ofNode) {
        return Map.of();
    }

    @Override
    public ImageResult image(Pod pod, Container container, Consumer<ImageNote> told) {
        String image = Objects.requireNonNullElse(container.getImage(), "");
        try {
            ImageStore images = present().images();
            String policy = Objects.requireNonNullElse(container.getImagePullPolicy(), "IfNotPresent");
            ImageResult found = images.ready(image, policy, told);
            Optional<String> root = found instanceof ImageResult.Ready
                    ? ImageUser.refusal(pod, container, () -> images.user(image))
                    : Optional.empty();
            return root.<ImageResult>map(why -> new ImageResult.Missing("CreateContainerConfigError", why))
                    .orElse(found);
        } catch (IOException e) {
            return new ImageResult.Missing("ErrImagePull", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended) {
        try {
            return start(present(), plan, files, ended);
        } catch (IOException e) {
            return new StartResult.NotYet("CreateContainerError", String.valueOf(e.getMessage()));
        }
    }

    private StartResult start(Parts found, ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended)
            throws IOException {
        HostMounts.of(home).check(plan.around().mounts());
        ContainerName name = ContainerName.of(files, home);
        ContainerFiles.name(files, name.text(), RunCommand.kept(plan));
        ContainerFiles.writable(files.termination());
        List<String> pod =
                new ArrayList<>(network(found, name.uid(), plan.around().address()));
        if (plan.around().sharedProcesses()) {
            pod.addAll(List.of("--pid", "ns:" + processes.space(files)));
        }
        List<String> command = RunCommand.of(found.engine(), plan, files, name, pod, settings.options());
        var end = new CompletableFuture<ContainerEnd>();
        StartResult begun = processes.supervise(client(found.engine(), plan, command), files, end::complete);
        if (!(begun instanceof StartResult.Started(RunningContainer client))) {
            return begun;
        }
        var container = new EngineContainer(found.engine(), name.text(), files, client, end);
        return switch (new ContainerStart(container, time).await()) {
            case BEGUN -> {
                tell(found, container, ended);
                yield new StartResult.Started(container);
            }
            case GIVEN_UP -> {
                found.images().forget(plan.image());
                yield found.ends().unstarted(container);
            }
            case HUNG -> found.ends().hung(container);
        };
    }

    @Override
    public boolean ownNetwork(String address) {
        return parts().flatMap(Parts::networks)
                .filter(networks -> networks.subnet().has(address))
                .isPresent();
    }

    private static List<String> network(Parts found, String uid, String address) throws IOException {
        Optional<PodNetworks> own =
                found.networks().filter(networks -> networks.subnet().has(address));
        return own.isPresent() ? own.get().join(uid, address) : List.of("--network", "host");
    }

    @Override
    public Optional<PodAddresses> addresses(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork())
                ? Optional.empty()
                : parts().flatMap(Parts::networks).map(PodNetworks::subnet);
    }

    @Override
    public void podOver(String uid) {
        processes.podOver(uid);
        parts().flatMap(Parts::networks).ifPresent(networks -> networks.leave(uid));
    }

    @Override
    public void onlyThese(Set<String> uids) {
        parts().flatMap(Parts::networks).ifPresent(networks -> networks.onlyThese(uids));
    }

    /// The engine's program as one of this host.
    private static ContainerPlan client(Engine engine, ContainerPlan plan, List<String> command) {
        return new ContainerPlan(
                plan.name(),
                plan.image(),
                command,
                List.of(),
                engine.environment(),
                null,
                plan.message(),
                Surroundings.host(),
                plan.console());
    }

    private static void tell(Parts found, EngineContainer container, Consumer<ContainerEnd> ended) {
        Optional<MemoryWatch> memory = MemoryWatch.begin(container);
        String name = container.name();
        container
                .end()
                .thenAcceptAsync(
                        end -> {
                            boolean starved =
                                    memory.filter(MemoryWatch::starved).isPresent();
                            ended.accept(found.ends().settled(name, container.files(), end, starved));
                        },
                        task -> Thread.ofVirtual().name("end of " + name).start(task));
    }

    @Override
    public Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended)
            throws IOException {
        var end = new CompletableFuture<ContainerEnd>();
        Recovered found = processes.recover(files, message, end::complete);
        Optional<Parts> engine = parts();
        if (engine.isEmpty()) {
            return found; // of what the engine did nothing can be known without it
        }
        String name = ContainerName.of(files, home).text();
        return switch (found) {
            case Recovered.NeverStarted() -> found;
            case Recovered.Running(RunningContainer client) ->
                running(engine.get(), new EngineContainer(engine.get().engine(), name, files, client, end), ended);
            case Recovered.Ended(String id, ContainerEnd how) ->
                engine.get().ends().forgotten(name, files, how)
                        ? new Recovered.NeverStarted()
                        : ended(engine.get(), id, name, files, how);
            case Recovered.Rebooted(String id, ContainerEnd how) ->
                new Recovered.Rebooted(
                        EngineContainer.id(engine.get().engine(), files, id),
                        engine.get().ends().settled(name, files, how, false));
        };
    }

    /// What an earlier life of this node began, and the engine has perhaps made nothing of yet: that is waited for like
    /// any start. Where the engine gives up, nothing ever ran, and the same attempt may be started.
    private Recovered running(Parts found, EngineContainer container, Consumer<ContainerEnd> ended) {
        try {
            return switch (new ContainerStart(container, time).await()) {
                case BEGUN -> {
                    tell(found, container, ended);
                    yield new Recovered.Running(container);
                }
                case GIVEN_UP -> {
                    ContainerEnd how = container.end().join();
                    yield found.ends().forgotten(container.name(), container.files(), how)
                            ? new Recovered.NeverStarted()
                            : ended(found, container.client().id(), container.name(), container.files(), how);
                }
                case HUNG -> {
                    StartResult ignored = found.ends().hung(container);
                    yield new Recovered.NeverStarted();
                }
            };
        } catch (IOException e) {
            log.warning("looking for a start", "container", container.name(), "cause", e.getMessage());
            tell(found, container, ended);
            return new Recovered.Running(container);
        }
    }

    private static Recovered ended(Parts found, String id, String name, AttemptFiles files, ContainerEnd how) {
        return new Recovered.Ended(
                EngineContainer.id(found.engine(), files, id), found.ends().settled(name, files, how, false));
    }

    @Override
    public Execution execute(
            RunningContainer container, ContainerPlan plan, List<String> command, @Nullable String terminal)
            throws IOException {
        if (!(container instanceof EngineContainer ours)) {
            throw new IOException("container not found (\"" + plan.name() + "\")");
        }
        // Another life of the daemon may have its process id, and begins to count anew.
        String mark = "%s=%s-%d-%d"
                .formatted(EngineExecution.MARK, ours.name(), time.now().toEpochMilli(), executions.incrementAndGet());
        List<String> words = new ArrayList<>(List.of("exec", "--interactive", "--env", mark));
        if (terminal != null) {
            words.addAll(List.of("--tty", "--detach-keys", ""));
        }
        words.add(ours.name());
        words.addAll(command);
        List<String> whole = ours.engine().words(words);
        Execution client = processes.execute(ours.client(), client(ours.engine(), plan, whole), whole, terminal);
        return new EngineExecution(client, new MarkedProcesses(mark));
    }

    @Override
    public boolean ended(AttemptFiles files) {
        return processes.ended(files);
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(parts).flatMap(Parts::networks).ifPresent(PodNetworks::close);
    }
}
