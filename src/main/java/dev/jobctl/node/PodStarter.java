package dev.jobctl.node;

import dev.jobctl.node.life.ContainerLife;
import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.life.PodEvents;
import dev.jobctl.node.life.PodLife;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.logs.KeptLogs;
import dev.jobctl.node.probe.Prober;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.ContainerPlans;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodFacts;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.PodRuntime.ImageNote;
import dev.jobctl.node.runtime.PodRuntime.ImageResult;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.SpareDirectories;
import dev.jobctl.node.runtime.StartGate;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.node.volume.MountError;
import dev.jobctl.node.volume.PodVolumes;
import dev.jobctl.node.volume.SizeLimits;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts one pod's containers, finds them again, and holds those that run. Owned by the pod's thread.
///
/// Long because a start and what is found of an earlier one fill the same tables.
final class PodStarter {
    private static final int START_FAILED = 128;

    private final RuntimeChoice choice;
    private final PodRuntime runtime;
    private final ConfigLookup lookup;
    private final SpareDirectories spares;
    private final Consumer<EventDraft> events;
    private final Time time;
    private final Log log;
    private final PodFacts facts;
    private final PodPlan plan;
    private final PodDirectory directory;
    private final Consumer<LifeEvent> mailbox;
    private final Pod pod;
    private final StartGate gate;
    private final PodVolumes volumes;
    private final PodSurroundings surroundings;
    private final Map<String, RunningContainer> running = new ConcurrentHashMap<>();
    /// What containers were started with, by name. Those of [#running] that an earlier life of the node started have
    /// none.
    private final Map<String, ContainerPlan> plans = new ConcurrentHashMap<>();

    private final Map<String, Prober> probers = new HashMap<>();
    private Optional<SizeLimits> sizes = Optional.empty();
    /// Those that an earlier life of the node left, as far as they are found.
    private final Map<String, ContainerLife> found = new HashMap<>();

    private final Interruptible pulling = new Interruptible();
    private boolean warned;
    private boolean described;
    private boolean rebooted;

    PodStarter(
            NodeParts parts,
            PodRuntime runtime,
            Pod pod,
            StartGate gate,
            PodFacts facts,
            PodPlan plan,
            PodDirectory directory,
            Consumer<EventDraft> events,
            Consumer<LifeEvent> mailbox) {
        choice = parts.settings().runtime();
        this.runtime = runtime;
        lookup = parts.lookup();
        spares = parts.spares();
        time = parts.time();
        log = parts.log();
        this.facts = facts.withBasics(runtime.basics(facts.basics()));
        this.plan = plan;
        this.directory = directory;
        this.events = events;
        this.mailbox = mailbox;
        this.pod = pod;
        this.gate = gate;
        volumes = new PodVolumes(pod, directory, parts.settings().home(), this.facts, lookup, parts.accounts());
        surroundings = new PodSurroundings(pod, this.facts, lookup, volumes, directory, runtime);
    }

    /// Names have changed: running containers that have a hosts file of their own find it changed.
    void rename() {
        if (running.isEmpty() || !runtime.sandboxes(pod)) {
            return;
        }
        try {
            surroundings.writeHosts();
        } catch (IOException e) {
            log.warning(
                    "a pod does not learn of new names", "pod", plan.pod().key().name(), "cause", e.getMessage());
        }
    }

    /// What the pod's volumes are made of has changed, or may have.
    ///
    /// @param newest the pod as it is now
    void refresh(Pod newest) {
        if (!directory.exists()) {
            return;
        }
        try {
            volumes.refresh(newest);
        } catch (MountError e) {
            PodEvents texts = new PodEvents(plan.pod(), facts.nodeName());
            events.accept(texts.failedMount(String.valueOf(e.getMessage())));
        }
    }

    Optional<RunningContainer> running(String container) {
        return Optional.ofNullable(running.get(container));
    }

    void forget(String container) {
        running.remove(container);
        plans.remove(container);
        Prober prober = probers.remove(container);
        if (prober != null) {
            prober.close();
        }
    }

    /// Runs the container's preStop hook, which has `grace` to end.
    void preStop(String name, Duration grace) {
        Optional.ofNullable(probers.get(name)).ifPresent(prober -> prober.preStop(grace));
    }

    /// SIGTERM.
    void terminate(String name) {
        Optional.ofNullable(probers.get(name)).ifPresent(Prober::close);
        running(name).ifPresent(RunningContainer::terminate);
    }

    /// The pod's end: nobody asks probes any more.
    void close() {
        probers.values().forEach(Prober::close);
        sizes.ifPresent(SizeLimits::close);
    }

    /// Begins with hooks and probes of a container that runs.
    private void attend(Container container, int attempt, RunningContainer started, boolean begun) {
        if (Prober.needed(container)) {
            Prober prober = new Prober(
                    container,
                    attempt,
                    facts.podAddress(),
                    command -> execute(container, started, command, null),
                    mailbox);
            probers.put(container.getName(), prober);
            prober.start(begun);
        }
    }

    /// Safe from any thread.
    private Execution execute(
            Container container, RunningContainer started, List<String> command, @Nullable String terminal)
            throws IOException {
        @Nullable ContainerPlan kept = plans.get(container.getName());
        try {
            ContainerPlan beside = kept == null ? surroundings.beside(container) : kept;
            return runtime.execute(started, beside, command, terminal);
        } catch (ConfigError e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Runs a command beside a container that runs. Safe from any thread. Throws when it does not run, or the command
    /// cannot be started.
    Execution execute(Pod pod, String name, List<String> command, @Nullable String terminal) throws IOException {
        return execute(container(pod, name), started(name), command, terminal);
    }

    /// The way to the standard input of a container that runs. Safe from any thread.
    OutputStream input(String name, boolean once) throws IOException {
        return started(name).input(once);
    }

    /// The terminal of a container that runs, if it has one. Safe from any thread.
    Optional<Path> terminal(String name) throws IOException {
        return started(name).terminal();
    }

    /// The terminal has another size. Safe from any thread.
    void resized(String name) throws IOException {
        started(name).resized();
    }

    private RunningContainer started(String name) throws IOException {
        @Nullable RunningContainer found = running.get(name);
        if (found == null) {
            throw new IOException("container not found (\"" + name + "\")");
        }
        return found;
    }

    /// The answer to [dev.jobctl.node.life.Effect.Start].
    LifeEvent start(Pod pod, String name, int attempt) {
        boolean early = !gate.isOpen();
        LifeEvent answer = tried(pod, name, attempt);
        // What it needs may have been stored together with the pod.
        boolean failed = answer instanceof LifeEvent.StartDelayed || answer instanceof LifeEvent.MountDelayed;
        return early && failed && gate.await() ? tried(pod, name, attempt) : answer;
    }

    /// A bug on the way must not leave the start unanswered.
    private LifeEvent tried(Pod pod, String name, int attempt) {
        Container container = container(pod, name);
        Optional<String> refusal = choice.refusal(pod).or(() -> runtime.refusal(pod));
        if (refusal.isPresent()) {
            return new LifeEvent.StartDelayed(name, "CreateContainerConfigError", refusal.get());
        }
        try {
            spares.prepare(directory, name);
            volumes.prepare();
            ContainerPlan settled = surroundings.plan(container);
            warn(pod);
            return switch (image(container)) {
                case ImageResult.Missing(String reason, String message) ->
                    new LifeEvent.ImageMissing(name, reason, message);
                case ImageResult.Ready(ImageNote note) -> {
                    AttemptFiles files = directory.attempt(name, attempt);
                    plans.put(name, settled);
                    yield told(container, attempt, note, runtime.start(settled, files, gate, ended(name, attempt)));
                }
            };
        } catch (MountError e) {
            return new LifeEvent.MountDelayed(name, String.valueOf(e.getMessage()));
        } catch (ConfigError e) {
            return new LifeEvent.StartDelayed(name, "CreateContainerConfigError", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            String why = "cannot write in the pod's directory: " + e;
            return new LifeEvent.StartDelayed(name, "CreateContainerError", why);
        } catch (RuntimeException | LinkageError e) {
            log.error("container start", e, "pod", plan.pod().key().name(), "container", name);
            return new LifeEvent.StartDelayed(name, "RunContainerError", e.toString());
        }
    }

    private ImageResult image(Container container) {
        return pulling.run(() -> runtime.image(pod, container, note -> tell(container.getName(), note)));
    }

    /// The pod is to end: nobody waits for an image any more. Safe from any thread.
    void hurry() {
        pulling.end();
    }

    /// Once, before the first container starts.
    private void warn(Pod pod) {
        if (!warned) {
            warned = true;
            watchSizes();
            PodEvents texts = new PodEvents(plan.pod(), facts.nodeName());
            runtime.warnings(pod).forEach(warning -> events.accept(texts.warning(warning.reason(), warning.message())));
        }
    }

    private void watchSizes() {
        if (sizes.isEmpty()) {
            sizes = SizeLimits.watch(pod, directory, message -> mailbox.accept(new LifeEvent.Evicted(message)));
        }
    }

    private void tell(String container, ImageNote note) {
        PodEvents texts = new PodEvents(plan.pod(), facts.nodeName());
        events.accept(texts.image(member(container), note.reason(), note.message()));
    }

    private LifeEvent told(Container container, int attempt, ImageNote note, StartResult result) {
        String name = container.getName();
        PodPlan.Member member = member(name);
        PodEvents texts = new PodEvents(plan.pod(), facts.nodeName());
        if (!(result instanceof StartResult.NotYet)) {
            events.accept(texts.image(member, note.reason(), note.message()));
            events.accept(texts.created(member));
        }
        return switch (result) {
            case StartResult.Started(RunningContainer started) -> {
                running.put(name, started);
                attend(container, attempt, started, false);
                describe();
                yield new LifeEvent.Started(name, started.id(), started.startedAt());
            }
            case StartResult.Failed(String reason, String message) -> {
                Instant now = time.now();
                yield new LifeEvent.StartFailed(name, new ContainerEnd(START_FAILED, reason, message, now, now));
            }
            case StartResult.NotYet(String reason, String message) -> new LifeEvent.StartDelayed(name, reason, message);
        };
    }

    /// Once, and when the program runs already, so that nobody waits for it. Where it cannot be written, a sudden end
    /// of this node costs the logs of a pod whose object is gone by then.
    private void describe() {
        if (!described) {
            described = true;
            try {
                KeptLogs.describe(pod, directory);
            } catch (IOException e) {
                log.debug("a pod is not described", "pod", plan.pod().key().name(), "failure", e);
            }
        }
    }

    /// The pod as an earlier life of this node left it; a new one when it left nothing. Throws when that cannot be told
    /// now: then it is to be asked for again.
    PodLife recover(Pod pod, Instant startTime) throws IOException {
        if (!directory.exists()) {
            return PodLife.begin(plan, startTime);
        }
        List<ContainerLife> containers = new ArrayList<>();
        for (PodPlan.Member member : plan.containers()) {
            containers.add(recover(pod, member));
        }
        PodLife life = PodLife.resume(plan, startTime, containers);
        return rebooted ? life.rebooted(time.now()) : life;
    }

    private ContainerLife recover(Pod pod, PodPlan.Member member) throws IOException {
        @Nullable ContainerLife known = found.get(member.name());
        if (known != null) {
            return known;
        }
        OptionalInt newest = directory.newestAttempt(member.name());
        ContainerLife life = newest.isEmpty()
                ? ContainerLife.fresh(member)
                : recover(member, container(pod, member.name()), newest.getAsInt());
        found.put(member.name(), life);
        return life;
    }

    private ContainerLife recover(PodPlan.Member member, Container container, int attempt) throws IOException {
        ContainerLife life = ContainerLife.resumed(member, attempt, attempt == 0 ? null : previous(container, attempt));
        AttemptFiles files = directory.attempt(member.name(), attempt);
        var message = ContainerPlans.messageOf(container);
        return switch (runtime.recover(files, message, ended(member.name(), attempt))) {
            case Recovered.NeverStarted() -> life;
            case Recovered.Ended(String id, ContainerEnd end) -> life.ended(id, end);
            case Recovered.Rebooted(String id, ContainerEnd end) -> {
                rebooted = true;
                yield life.ended(id, end);
            }
            case Recovered.Running(RunningContainer runs) -> {
                running.put(member.name(), runs);
                watchSizes();
                attend(container, attempt, runs, true);
                yield life.runs(runs.id(), runs.startedAt());
            }
        };
    }

    private ContainerLife.Ended previous(Container container, int attempt) throws IOException {
        AttemptFiles files = directory.attempt(container.getName(), attempt - 1);
        Recovered before = runtime.recover(files, ContainerPlans.messageOf(container), end -> {});
        return before instanceof Recovered.Ended(String id, ContainerEnd end)
                ? new ContainerLife.Ended(id, end)
                : new ContainerLife.Ended("", ContainerEnd.unknown(time.now(), time.now()));
    }

    private Consumer<ContainerEnd> ended(String container, int attempt) {
        return end -> mailbox.accept(new LifeEvent.Exited(container, attempt, end));
    }

    private PodPlan.Member member(String name) {
        return plan.containers().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Container container(Pod pod, String name) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
