package dev.jobctl.node;

import dev.jobctl.node.container.ContainerRuntime;
import dev.jobctl.node.container.EngineSettings;
import dev.jobctl.node.logs.JobRuns;
import dev.jobctl.node.logs.KeptLogs;
import dev.jobctl.node.logs.PodLogFiles;
import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.SpareDirectories;
import dev.jobctl.node.runtime.StartGate;
import dev.jobctl.node.simulated.ContainerId;
import dev.jobctl.node.volume.AccountDirectories;
import dev.jobctl.node.volume.Claims;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ClaimNames;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The node of this machine: runs the pods bound to it. All methods may be called from any thread and return at once,
/// except [#close]; calls about one pod are taken in order.
///
/// Long because every call from outside comes in here.
public final class LocalNode {
    /// Every pod's hostIP.
    public static final String HOST_ADDRESS = "127.0.0.1";

    /// How long somebody waits for the node's first list of pods.
    private static final Duration FINDING = Duration.ofSeconds(5);

    private static final Duration CLOSE_MAX = PodRunner.SHUTDOWN_GRACE.plusSeconds(5);

    private final NodeParts parts;
    private final SimulatedPods simulated;
    private final KeptLogs kept;
    private final ExpectedPods expected;
    private final Map<String, PodRunner> runners = new ConcurrentHashMap<>();

    /// Pods that ended here and whose objects are still there, by uid; true once that was reported.
    private final Map<String, Boolean> ended = new ConcurrentHashMap<>();

    /// Open once the pods of an earlier life of the node are known again.
    private final CountDownLatch found = new CountDownLatch(1);

    private volatile boolean closed;

    /// A node with all runtimes.
    public static LocalNode of(
            NodeSettings settings,
            EngineSettings engine,
            NodeReports reports,
            ConfigLookup lookup,
            Time time,
            Log log) {
        var place = new ProcessRuntime.Settings(
                settings.home(), settings.sandbox(), settings.logs().sizeMax());
        var processes = new ProcessRuntime(place, time, log);
        var containers = new ContainerRuntime(settings.home(), engine, processes, time, log);
        var runtimes = new Runtimes(processes, containers, settings.runtime());
        return new LocalNode(settings, reports, lookup, runtimes, time, log);
    }

    /// Takes the runtimes over and closes them.
    public LocalNode(
            NodeSettings settings, NodeReports reports, ConfigLookup lookup, Runtimes runtimes, Time time, Log log) {
        Log named = log.named("node");
        parts = new NodeParts(
                settings,
                reports,
                lookup,
                runtimes,
                new LoopbackAddresses(),
                new SpareDirectories(settings.podsHome(), named),
                new AccountDirectories(settings.home(), lookup.credentials(), time),
                time,
                named);
        kept = new KeptLogs(settings.keptHome(), settings.logs().kept(), time, named);
        try {
            parts.accounts().removeDrafts();
        } catch (IOException e) {
            named.warning("removing drafts of accounts' files", "failure", e);
        }
        simulated = new SimulatedPods(parts);
        simulated.start();
        expected = new ExpectedPods(parts, this::finish);
    }

    /// A pod is about to be bound to this node: its object is being stored. It is made ready, and begins with
    /// [#podsStored], or when [#podChanged] tells of it. Does not wait.
    public void podExpected(Pod pod) {
        boolean begins = !terminal(pod) && pod.getMetadata().getDeletionTimestamp() == null;
        if (!closed && begins && !parts.settings().runtime().simulates(pod)) {
            expected.expect(pod);
        }
        if (closed) { // meanwhile
            expected.drop();
        }
    }

    /// The pods that are expected are stored: they begin, and [#podChanged] will tell of them. Does not wait.
    public void podsStored() {
        expected.stored();
    }

    /// The pods that are expected do not come: nothing is left of them.
    public void podsDropped() {
        expected.drop();
    }

    /// A pod bound to this node as it is now: new, changed or being deleted. May be repeated, also with every pod after
    /// a restart: what already runs is adopted, what has ended stays ended.
    public void podChanged(Pod pod) {
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        boolean real = runners.containsKey(ref.uid()) || ended.containsKey(ref.uid());
        if (!real && parts.settings().runtime().simulates(pod)) {
            simulated.podChanged(pod);
        } else {
            realPodChanged(ref, pod);
        }
    }

    private void realPodChanged(ObjectRef ref, Pod pod) {
        @Nullable
        PodRunner known = runners.compute(ref.uid(), (uid, runner) -> {
            if (runner != null) {
                runner.changed(pod);
                return runner;
            }
            return closed || terminal(pod) || ended.containsKey(uid) ? null : begin(uid, pod);
        });
        if (known == null && !closed) {
            over(ref, pod.getMetadata().getDeletionTimestamp() != null);
        }
    }

    /// Every pod bound to this node, first of all: after a restart.
    public void podsFound(List<Pod> pods) {
        Map<Boolean, List<Pod>> parted = pods.stream().collect(Collectors.partitioningBy(this::foundSimulated));
        simulated.found(parted.getOrDefault(true, List.of()));
        parted.getOrDefault(false, List.of()).stream()
                .sorted(Comparator.comparing(LocalNode::unaddressed)) // who has an address keeps it
                .forEach(pod -> realPodChanged(ObjectRef.of(Kinds.POD, pod), pod));
        found.countDown();
    }

    private static boolean unaddressed(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPodIP() == null;
    }

    /// A pod that left files has begun, though its status may not say so.
    private boolean foundSimulated(Pod pod) {
        Path podsHome = parts.settings().podsHome();
        return parts.settings().runtime().simulates(pod)
                && !PodDirectory.of(podsHome, ObjectRef.of(Kinds.POD, pod)).exists();
    }

    /// Who is asked of a pod before [#podsFound] has told of all waits for that; for a node that is told of none, not
    /// for ever.
    private @Nullable PodRunner runner(String uid) {
        @Nullable PodRunner known = runners.get(uid);
        if (known != null) {
            return known;
        }
        try {
            if (!found.await(FINDING.toMillis(), TimeUnit.MILLISECONDS)) {
                parts.log().warning("asked of a pod before the pods were found", "uid", uid);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return runners.get(uid);
    }

    private PodRunner begin(String uid, Pod pod) {
        return expected.take(uid).orElseGet(() -> {
            PodRunner runner = new PodRunner(parts, pod, StartGate.opened(), this::finish);
            runner.start();
            return runner;
        });
    }

    /// Nothing of the pod runs here. Once its object is deleted, that is reported, once.
    private void over(ObjectRef pod, boolean deleted) {
        @Nullable Boolean reported = ended.put(pod.uid(), deleted);
        if (Boolean.TRUE.equals(reported)) {
            ended.put(pod.uid(), true);
        } else if (deleted) {
            parts.reports().ended(pod);
        }
    }

    /// False when mail has come meanwhile; a message that comes later finds the runner gone.
    private boolean finish(PodRunner runner) {
        @Nullable
        PodRunner left = runners.computeIfPresent(runner.ref().uid(), (uid, same) -> {
            if (same.hasMail()) {
                return same;
            }
            if (!same.orphan()) {
                ended.put(uid, false);
            }
            return null;
        });
        if (left != null) {
            return false;
        }
        runner.giveBack();
        if (ClaimNames.of(runner.pod()).findAny().isPresent()) {
            claimRemoved(); // while the pod ran
        }
        if (runner.orphan()) {
            discard(runner.pod());
        } else if (runner.deleted()) {
            over(runner.ref(), true);
        }
        return true;
    }

    private static boolean terminal(Pod pod) {
        @Nullable
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /// The pod's object is gone, this was the last of it: what still runs of it is killed, its logs are kept for a
    /// while.
    public void podRemoved(Pod pod) {
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        if (simulated.podRemoved(ref)) {
            return;
        }
        runners.compute(ref.uid(), (uid, runner) -> {
            ended.remove(uid);
            if (runner != null) {
                runner.removed();
            } else {
                Thread.ofVirtual().start(() -> discard(pod));
            }
            return runner;
        });
    }

    /// After every pod of this node was told by [#podChanged]: what an earlier life of the node left of other pods is
    /// killed and removed. Waits for that.
    public void onlyThese(Collection<ObjectRef> pods) {
        Set<Path> kept = pods.stream()
                .map(pod -> PodDirectory.of(parts.settings().podsHome(), pod).path())
                .collect(Collectors.toSet());
        for (PodDirectory directory : PodDirectory.all(parts.settings().podsHome())) {
            if (!kept.contains(directory.path())) {
                parts.log()
                        .info("pod of no object", "directory", directory.path().getFileName());
                new PodLeftovers(parts.runtimes(), this.kept, parts.log()).clear(directory);
            }
        }
        parts.runtimes().onlyThese(pods.stream().map(ObjectRef::uid).collect(Collectors.toSet()));
        Thread.ofVirtual().name("kept logs").start(this.kept::sweep);
        claimRemoved();
        accountRemoved();
    }

    /// A PersistentVolumeClaim is gone: so is what lies in it, as soon as no pod uses it.
    public void claimRemoved() {
        Thread.ofVirtual().name("claims").start(this::sweepClaims);
    }

    private void sweepClaims() {
        try {
            new Claims(parts.settings().home(), parts.lookup())
                    .sweep(runners.values().stream().map(PodRunner::pod).toList());
        } catch (IOException e) {
            parts.log().warning("removing claims' directories", "failure", e);
        }
    }

    /// A ServiceAccount is gone: so is what its pods got to speak to the API, unless its namespace still has pods; then
    /// a later start sees to it.
    public void accountRemoved() {
        Thread.ofVirtual().name("accounts").start(this::sweepAccounts);
    }

    private void sweepAccounts() {
        try {
            Set<String> running = runners.values().stream()
                    .map(runner -> runner.ref().key().namespace())
                    .collect(Collectors.toSet());
            parts.accounts().sweep(parts.lookup()::accounts, running);
        } catch (IOException e) {
            parts.log().warning("removing accounts' directories", "failure", e);
        }
    }

    /// The one place where a pod's logs go.
    private void discard(Pod pod) {
        try {
            PodDirectory directory = PodDirectory.of(parts.settings().podsHome(), ObjectRef.of(Kinds.POD, pod));
            if (directory.exists()) {
                kept.keep(pod, directory);
            }
        } catch (IOException e) {
            parts.log()
                    .warning(
                            "removing a pod's directory",
                            "pod",
                            pod.getMetadata().getName(),
                            "failure",
                            e);
        }
    }

    /// The logs of Jobs' runs, also of pods whose objects are gone.
    public JobRuns jobRuns() {
        NodeSettings settings = parts.settings();
        return new JobRuns(settings.podsHome(), logs(ref -> Optional.empty()), settings.keptHome(), kept);
    }

    /// The logs of this node's pods, also of those that have ended, until their objects are gone; `stored` finds the
    /// newest version of a pod's object.
    public PodLogFiles logs(Function<ObjectRef, Optional<Pod>> stored) {
        return new PodLogFiles(
                parts.settings().podsHome(),
                (pod, attempt) -> runner(pod.uid()) == null
                        || parts.runtimes().of(attempt).ended(attempt),
                (pod, container) ->
                        stored.apply(pod).map(Pod::getStatus).flatMap(status -> ContainerId.status(status, container)));
    }

    /// Runs a command beside a container of a pod that runs here. Throws when it does not run here, or the command
    /// cannot be started; the message says why.
    public Execution execute(ObjectRef pod, String container, List<String> command) throws IOException {
        return execute(pod, container, command, null);
    }

    private Execution execute(ObjectRef pod, String container, List<String> command, @Nullable String terminal)
            throws IOException {
        return running(pod, container).execute(container, command, terminal);
    }

    private PodRunner running(ObjectRef pod, String container) throws IOException {
        @Nullable PodRunner runner = runner(pod.uid());
        if (runner == null) {
            throw new IOException("container not found (\"" + container + "\")");
        }
        return runner;
    }

    /// The way to the standard input of a container that runs here; with `once` closing it ends the container's input.
    public OutputStream input(ObjectRef pod, String container, boolean once) throws IOException {
        return running(pod, container).input(container, once);
    }

    /// Runs a command with a terminal of its own beside such a container.
    public TerminalSession terminal(ObjectRef pod, String container, List<String> command) throws IOException {
        return TerminalSession.start(terminal -> execute(pod, container, command, terminal));
    }

    /// The window that shows the terminal of a container that runs here has another size; nothing happens to one
    /// without a terminal.
    public void resize(ObjectRef pod, String container, int columns, int rows) throws IOException {
        running(pod, container).resize(container, columns, rows);
    }

    /// The logs of simulated pods; `stored` as for [#logs].
    public SimulatedLogs simulatedLogs(Function<ObjectRef, Optional<Pod>> stored) {
        return new SimulatedLogs(parts.settings().runtime(), parts.settings().nodeName(), stored);
    }

    /// This machine as a Node object, as it is now.
    public Node nodeObject() {
        NodeSettings settings = parts.settings();
        return NodeObject.of(
                settings.nodeName(),
                HOST_ADDRESS,
                settings.host(),
                parts.runtimes().name(),
                parts.time().now());
    }

    /// Makes every pod look at the clock: after the clock was moved, and in tests.
    public void wake() {
        runners.values().forEach(PodRunner::wake);
        simulated.wake();
    }

    /// A ConfigMap or Secret has changed, come or gone: the volumes of running pods follow.
    public void configChanged(ObjectKey source) {
        runners.values().stream()
                .filter(runner -> runner.ref().key().namespace().equals(source.namespace()))
                .forEach(runner -> runner.reconfigured(source.kind(), source.name()));
    }

    /// The names that pods know Services and each other by have changed.
    public void renamed() {
        runners.values().forEach(PodRunner::renamed);
    }

    /// How many pods have work here; for status and tests.
    public int activePods() {
        return runners.size() + simulated.activePods();
    }

    /// Ends the node. With `keepPods` what runs goes on and a later node of the same home adopts it; otherwise it is
    /// ended within seconds, and so reported. Waits for that. A second call does nothing.
    public void close(boolean keepPods) throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        Duration until = parts.time().elapsed().plus(CLOSE_MAX);
        for (PodRunner dropped : expected.drop()) {
            dropped.await(until);
        }
        simulated.close(keepPods, PodRunner.SHUTDOWN_GRACE);
        // Twice, for a pod that came in just before.
        for (int round = 0; round < 2; round++) {
            List<PodRunner> open = List.copyOf(runners.values());
            open.forEach(keepPods ? PodRunner::leave : PodRunner::takeAlong);
            for (PodRunner runner : open) {
                if (!runner.await(until)) {
                    parts.log()
                            .warning(
                                    "pod does not end",
                                    "pod",
                                    runner.ref().key().name());
                }
            }
        }
        if (!simulated.await(until)) {
            parts.log().warning("simulated pods do not end");
        }
        parts.runtimes().close();
        parts.spares().close();
    }
}
