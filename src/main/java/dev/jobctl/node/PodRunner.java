package dev.jobctl.node;

import dev.jobctl.node.life.Effect;
import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.life.LifeStep;
import dev.jobctl.node.life.PodLife;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.life.PodStatuses;
import dev.jobctl.node.life.PodStatuses.Frame;
import dev.jobctl.node.life.Step;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.PodAddresses;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodFacts;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartGate;
import dev.jobctl.node.volume.ConfigSources;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.ClockChanges;
import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One pod on its own virtual thread, from its mailbox: events in, effects and reports out. Other threads only post.
/// The mailbox has no bound of its own: it holds at most one end per container and one message per change of the pod.
///
/// Long because all that other threads may ask of a pod, and what its own makes of it, stands together.
final class PodRunner implements Runnable {
    /// How long a pod may take to end when its node goes away.
    static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    /// A wake-up is at most this far away, so that a clock set forward is noticed.
    private static final Duration NAP_MAX = Duration.ofMinutes(1);

    /// A start waits this long before it is told, so that a container that ends at once is one report and one commit.
    /// Nobody notices: a kubelet looks at its containers once a second.
    private static final Duration HOLD = Duration.ofMillis(20);

    /// After it could not be told what an earlier life of the node left.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /// What other threads ask of a runner.
    private sealed interface Mail {}

    private record Happened(LifeEvent event) implements Mail {}

    private record Changed(Pod pod) implements Mail {}

    /// The names that its pod knows have changed.
    private record Renamed() implements Mail {}

    /// What the pod's volumes are made of has changed.
    private record Reconfigured() implements Mail {}

    /// The object is gone.
    private record Removed() implements Mail {}

    /// The node closes and leaves the pod running.
    private record Left() implements Mail {}

    /// The node closes and takes the pod along.
    private record TakenAlong() implements Mail {}

    private final NodeParts parts;
    private final Log log;
    private final ObjectRef ref;
    private final PodDirectory directory;
    private final StartGate gate;
    private final Predicate<PodRunner> finished;
    private final LinkedBlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean renamed = new AtomicBoolean();
    private final AtomicBoolean reconfigured = new AtomicBoolean();
    private final ConfigSources sources;
    private final CountDownLatch over = new CountDownLatch(1);
    /// Open once what an earlier life of the node left is known.
    private final CountDownLatch recovered = new CountDownLatch(1);
    private final PodRuntime runtime;
    private final PodAddresses addresses;
    private final String address;
    private final PodStarter starter;
    private volatile Pod pod;
    private final ClockChanges clock;
    private PodLife life;
    private PodStatus known;
    private final List<EventDraft> untold = new ArrayList<>();
    private boolean held;
    private @Nullable Instant wakeAt;
    private boolean removed;
    private boolean left;

    /// `finished` is asked at the end of a pod that was let through `gate`; it refuses when mail has come meanwhile.
    PodRunner(NodeParts parts, Pod pod, StartGate gate, Predicate<PodRunner> finished) {
        this.parts = parts;
        this.pod = pod;
        this.gate = gate;
        this.finished = finished;
        log = parts.log();
        clock = new ClockChanges(parts.time());
        PodPlan plan = PodPlan.probed(pod);
        ref = plan.pod();
        sources = ConfigSources.of(pod);
        known = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        directory = PodDirectory.of(parts.settings().podsHome(), ref);
        runtime = parts.runtimes().of(pod, directory);
        addresses = runtime.addresses(pod).orElse(parts.addresses());
        address = address(known.getPodIP());
        starter = new PodStarter(
                parts,
                runtime,
                pod,
                gate,
                facts(),
                plan,
                directory,
                untold::add,
                event -> mailbox.add(new Happened(event)));
        life = PodLife.begin(plan, parts.time().now());
    }

    void start() {
        Thread.ofVirtual().name("pod-" + ref.key().name()).start(this);
    }

    ObjectRef ref() {
        return ref;
    }

    /// The pod's object is stored: it may begin.
    void stored() {
        gate.open();
    }

    /// The pod's object was not stored: it leaves no trace.
    void drop() {
        gate.drop();
    }

    /// As it was last seen; asked by the runner's own thread.
    Pod pod() {
        return pod;
    }

    void changed(Pod newPod) {
        mailbox.add(new Changed(newPod));
        if (newPod.getMetadata().getDeletionTimestamp() != null) {
            starter.hurry();
        }
    }

    /// The names that its pod knows have changed.
    void renamed() {
        if (renamed.compareAndSet(false, true)) {
            mailbox.add(new Renamed());
        }
    }

    /// A ConfigMap or Secret of the pod's namespace has changed.
    void reconfigured(Kind kind, String name) {
        if (sources.has(kind, name) && reconfigured.compareAndSet(false, true)) {
            mailbox.add(new Reconfigured());
        }
    }

    void removed() {
        mailbox.add(new Removed());
        starter.hurry();
    }

    void leave() {
        mailbox.add(new Left());
        starter.hurry();
    }

    void takeAlong() {
        mailbox.add(new TakenAlong());
        starter.hurry();
    }

    /// See [PodStarter#execute]. From any thread.
    Execution execute(String container, List<String> command, @Nullable String terminal) throws IOException {
        awaitRecovered();
        return starter.execute(pod, container, command, terminal);
    }

    /// See [RunningContainer#input]. From any thread.
    OutputStream input(String container, boolean once) throws IOException {
        awaitRecovered();
        return starter.input(container, once);
    }

    /// See [LocalNode#resize]. From any thread.
    void resize(String container, int columns, int rows) throws IOException {
        awaitRecovered();
        Optional<Path> terminal = starter.terminal(container);
        if (terminal.isPresent()) {
            TerminalSession.resize(terminal.get(), columns, rows);
            starter.resized(container);
        }
    }

    /// A node that has just come back is asked at once for containers that it is still looking for.
    private void awaitRecovered() throws IOException {
        try {
            if (!recovered.await(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the node is still looking for the pod's containers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Look at the clock again.
    void wake() {
        mailbox.add(new Happened(new LifeEvent.Woken()));
    }

    boolean hasMail() {
        return !mailbox.isEmpty();
    }

    boolean deleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /// The object was gone before the pod ended.
    boolean orphan() {
        return removed;
    }

    /// `until` as [dev.jobctl.std.Time#elapsed] counts. False when it had not ended by then.
    boolean await(Duration until) throws InterruptedException {
        Duration left = until.minus(parts.time().elapsed());
        return over.await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            while (!found() && !left) {
                left = over.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS) || leaving();
            }
            if (!left) {
                guarded(this::begin);
            }
            while (!left && !(life.ended() && finished.test(this))) {
                Mail mail = next();
                guarded(() -> take(mail));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            starter.close();
            if (!gate.await()) {
                forget();
            }
            over.countDown();
        }
    }

    private void forget() {
        try {
            directory.delete();
        } catch (IOException e) { // the next start of the node removes it
            log.warning("directory of a pod that is none", "pod", ref.key().name(), "failure", e);
        }
        giveBack();
    }

    /// False while it cannot be told what an earlier life of the node left, as for want of descriptors: something of
    /// it may run, so nothing is started and nothing ended.
    private boolean found() {
        try {
            life = starter.recover(pod, startTime());
            recovered.countDown();
            return true;
        } catch (IOException e) {
            log.warning("pod directory", "pod", ref.key().name(), "failure", e);
            return false;
        } catch (RuntimeException | LinkageError e) {
            log.error("pod step", e, "pod", ref.key().name(), "uid", ref.uid());
            return true;
        }
    }

    /// The node closes.
    private boolean leaving() {
        return mailbox.stream().anyMatch(mail -> mail instanceof Left || mail instanceof TakenAlong);
    }

    private void begin() {
        if (!sources.none()) { // since an earlier life of the node looked
            starter.refresh(pod);
        }
        if (sources.tokenLife() != null) {
            Duration wait = sources.tokenLife().multipliedBy(4).dividedBy(5); // as the kubelet does
            Thread.ofVirtual().name("tokens-" + ref.key().name()).start(() -> renew(wait));
        }
        handle(deleted() ? deletion() : new LifeEvent.Woken());
    }

    /// Tokens in its volumes end sooner than the pod may.
    private void renew(Duration wait) {
        try {
            while (!over.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                mailbox.add(new Reconfigured());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The edge of the pod: a bug in one message must not silence the pod for ever.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            log.error("pod step", e, "pod", ref.key().name(), "uid", ref.uid());
        }
    }

    private Mail next() throws InterruptedException {
        if (held) {
            @Nullable Mail mail = mailbox.poll(HOLD.toNanos(), TimeUnit.NANOSECONDS);
            if (mail != null) {
                return mail;
            }
            guarded(this::report);
        }
        Instant now = now();
        if (wakeAt == null) {
            return mailbox.take();
        }
        Duration left = Duration.between(now, wakeAt);
        Duration nap = left.compareTo(NAP_MAX) < 0 ? left : NAP_MAX;
        @Nullable Mail mail = mailbox.poll(nap.toNanos(), TimeUnit.NANOSECONDS);
        return mail == null ? new Happened(new LifeEvent.Woken()) : mail;
    }

    /// With the pod's own deadlines as far away as they were, when somebody has set the clock.
    private Instant now() {
        Instant now = parts.time().now();
        Duration set = clock.until(now);
        if (!set.isZero()) {
            life = life.clockSet(set);
            wakeAt = wakeAt == null ? null : wakeAt.plus(set);
        }
        return now;
    }

    private void take(Mail mail) {
        switch (mail) {
            case Happened(LifeEvent event) -> handle(event);
            case Changed(Pod newPod) -> {
                boolean differs = sources.differ(pod, newPod);
                pod = newPod;
                if (differs) {
                    starter.refresh(newPod);
                }
                handle(deleted() ? deletion() : new LifeEvent.Woken());
            }
            case Renamed() -> {
                renamed.set(false);
                starter.rename();
            }
            case Reconfigured() -> {
                reconfigured.set(false);
                starter.refresh(pod);
                report();
            }
            case Removed() -> {
                removed = true;
                handle(LifeEvent.Deleted.at(parts.time().now()));
            }
            case Left() -> {
                report();
                left = true;
            }
            case TakenAlong() ->
                handle(new LifeEvent.Shutdown(parts.time().now().plus(shorter(SHUTDOWN_GRACE))));
        }
    }

    private Duration shorter(Duration bound) {
        Duration grace = life.plan().grace();
        return grace.compareTo(bound) < 0 ? grace : bound;
    }

    private LifeEvent deletion() {
        return LifeEvent.Deleted.of(pod, parts.time().now());
    }

    /// One event and all that follow from it at once; then at most one report.
    private void handle(LifeEvent first) {
        Deque<LifeEvent> events = new ArrayDeque<>();
        events.add(first);
        while (!events.isEmpty()) {
            LifeEvent event = events.remove();
            if (event instanceof LifeEvent.Exited exit) {
                starter.forget(exit.container());
            }
            Instant now = now();
            Step step = LifeStep.step(life, event, now, parts.settings().nodeName());
            life = step.life();
            wakeAt = step.wakeAt();
            untold.addAll(step.events());
            step.effects().forEach(effect -> perform(effect, events));
        }
        if (gate.await()) {
            report();
        } else {
            left = true;
        }
    }

    private void perform(Effect effect, Deque<LifeEvent> answers) {
        switch (effect) {
            case Effect.Start(String container, int attempt) -> answers.add(starter.start(pod, container, attempt));
            case Effect.PreStop(String container) -> starter.preStop(container, grace(container));
            case Effect.Terminate(String container) -> starter.terminate(container);
            case Effect.Kill(String container) -> starter.running(container).ifPresent(RunningContainer::kill);
        }
    }

    /// How long the container may still take to end.
    private Duration grace(String container) {
        Instant now = now();
        return life.killAt(container)
                .map(at -> Duration.between(now, at))
                .orElse(life.plan().grace());
    }

    /// The status goes first: a Job waits for it, and nobody for the events.
    private void report() {
        if (!removed) {
            Instant now = parts.time().now();
            PodStatus before = PodStatuses.withForeignConditions(known, pod.getStatus());
            Frame frame = Frame.of(pod, address, LocalNode.HOST_ADDRESS);
            PodStatus status = PodStatuses.of(life, before, frame, now);
            if (!held && justStarted(status)) {
                held = true;
                return;
            }
            if (!status.equals(known)) {
                known = status;
                parts.reports().status(ref, PodStatuses.of(life, before, frame, now));
            }
        }
        held = false;
        untold.forEach(parts.reports()::event);
        untold.clear();
    }

    private boolean justStarted(PodStatus status) {
        return "Running".equals(status.getPhase()) && !"Running".equals(known.getPhase()) && !deleted();
    }

    private Instant startTime() {
        @Nullable
        String known = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
        return known == null ? parts.time().now() : Instant.parse(known);
    }

    private String address(@Nullable String before) {
        if (before == null || before.isEmpty()) {
            return addresses.take();
        }
        addresses.keep(before);
        return before;
    }

    private PodFacts facts() {
        NodeSettings settings = parts.settings();
        return new PodFacts(
                settings.nodeName(),
                LocalNode.HOST_ADDRESS,
                address,
                settings.podEnvironment(),
                NodeObject.resources(settings.host()));
    }

    /// Nothing of the pod runs any more: what it had of the node goes back.
    void giveBack() {
        runtime.podOver(ref.uid());
        addresses.give(address);
    }
}
