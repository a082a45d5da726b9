package dev.jobctl.simulate;

import dev.jobctl.loop.Loop;
import dev.jobctl.node.simulated.SimulatedNode;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Check;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.VirtualTime;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Store;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A cluster on a virtual clock: the real loop and controllers, simulated nodes, and verbs for whoever plays with it.
/// After each verb everything that can happen at that instant has happened.
///
/// The control plane may crash ([#crashAt]): then it starts anew from what was durable, writes that nobody answered are
/// lost, and the nodes, which live on, say again what they know. Owned by one thread.
///
/// Long because it is one list of short verbs, and whoever plays with a world should find them in one place.
public final class World implements AutoCloseable {
    private static final int BUDGET = 4_096;

    /// More rounds than this at one instant means that something never gets quiet.
    private static final int MAX_ROUNDS = 100_000;

    private final WorldOptions options;
    private final VirtualTime time;
    private final Luck luck;
    private final CrashingStore<ObjectVersion> store;
    private final Mail mail;
    private final Map<String, WorldNode> nodes = new LinkedHashMap<>();
    private final List<Change<ObjectVersion>> fresh = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Loop.Listener> listeners = new ArrayList<>();
    private Loop loop;
    private int crashes;
    private int nodeNumber;

    public World(WorldOptions options) {
        this(options, new MemoryStore<>());
    }

    /// Over a store of the caller's, which must be empty; the world closes it.
    public World(WorldOptions options, Store<ObjectVersion> inner) {
        this.options = options;
        time = new VirtualTime(options.start());
        luck = Luck.seeded(options.seed());
        store = new CrashingStore<>(inner);
        mail = new Mail(options.podEvents());
        loop = newLoop();
        submit(prepared(Kinds.NAMESPACE, namespace("default")));
        for (int i = 0; i < options.nodes(); i++) {
            addNode();
        }
    }

    private Loop newLoop() {
        Log log = new Log(complaints::add, Log.Level.WARNING, time, "simulate");
        Loop begun = new Loop(store, time, luck, log, options.loop());
        begun.listen(fresh::addAll);
        begun.listen(changes -> listeners.forEach(listener -> listener.published(changes)));
        return begun;
    }

    private static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    // --- verbs

    /// Defaulted and prepared as the API server would, but not validated. Empty when the control plane crashed before
    /// it answered.
    public Optional<Outcome> create(Kind kind, HasMetadata object) {
        return submit(toCreate(kind, object));
    }

    /// Creates it unless it is there.
    public void ensureNamespace(String name) {
        if (find(new ObjectKey(Kinds.NAMESPACE, "", name)) == null) {
            create(Kinds.NAMESPACE, namespace(name));
        }
    }

    /// What [#create] would submit.
    public Write toCreate(Kind kind, HasMetadata object) {
        return prepared(kind, Json.copy(object));
    }

    /// The object is given away.
    private Write prepared(Kind kind, HasMetadata object) {
        HasMetadata whole = Preparation.forCreate(
                kind, Defaults.apply(kind, object), luck.uuid().toString(), time.now());
        return new Write.Create(ObjectKey.of(kind, whole), whole);
    }

    /// Edits a copy of the object and stores it, as a client that sends the whole object; `Missing` when there is none.
    public <T extends HasMetadata> Optional<Outcome> change(ObjectKey key, Class<T> type, Consumer<T> edit) {
        @Nullable ObjectVersion version = find(key);
        if (version == null) {
            return Optional.of(new Outcome.Missing());
        }
        T old = type.cast(version.object());
        T next = Json.copy(old);
        edit.accept(next);
        return submit(new Write.Update(key, version.revision(), Preparation.forUpdate(key.kind(), old, next, null)));
    }

    public Optional<Outcome> delete(ObjectKey key, Deletion how) {
        return submit(new Write.Delete(key, how));
    }

    /// Hands in and lets everything happen. Empty when the control plane crashed before it answered.
    public Optional<Outcome> submit(Write write) {
        CompletableFuture<Outcome> answer = loop.submit(write);
        settle();
        return answer.isDone() ? Optional.of(answer.join()) : Optional.empty();
    }

    /// Rounds of loop and nodes until nobody wants anything at this instant.
    public void settle() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (!round()) {
                return;
            }
        }
        Check.that(false, "never quiet at %s: %s", time.now(), complaints);
    }

    /// One round of the loop, then the nodes hear of it; whether there is more to do at this instant.
    public boolean round() {
        mail.hand(BUDGET, loop::submit);
        try {
            boolean more = loop.step(BUDGET);
            mail.answered();
            tellNodes();
            return more || !mail.isEmpty();
        } catch (CrashingStore.Crash e) {
            crashes++;
            restart();
            return true;
        }
    }

    private void tellNodes() {
        List<Change<ObjectVersion>> changes = List.copyOf(fresh);
        fresh.clear();
        for (Change<ObjectVersion> change : changes) {
            if (Observer.concerns(change, Kinds.POD)) {
                tell(change);
            }
        }
    }

    private void tell(Change<ObjectVersion> change) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null) {
            tell((Pod) current.value().object());
        } else if (previous != null) {
            ObjectRef ref = previous.value().ref();
            of((Pod) previous.value().object()).ifPresent(node -> node.podRemoved(ref));
        }
    }

    private void tell(Pod pod) {
        of(pod).ifPresent(node -> node.podChanged(pod, time.now()));
    }

    private Optional<SimulatedNode> of(Pod pod) {
        @Nullable String name = pod.getSpec().getNodeName();
        return name == null
                ? Optional.empty()
                : Optional.ofNullable(nodes.get(name)).map(WorldNode::node);
    }

    /// When something happens next by itself.
    public Optional<Instant> next() {
        Optional<Instant> first = loop.nextWake();
        for (WorldNode node : nodes.values()) {
            first = earlier(first, node.node().next());
        }
        return first;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isBefore(one.get()) ? other : one;
    }

    /// Goes on to the next instant at which something happens, and lets it happen; false when that would be after
    /// `limit`, or never: then the clock stays.
    public boolean advance(Instant limit) {
        Optional<Instant> next = next();
        if (next.isEmpty() || next.get().isAfter(limit)) {
            return false;
        }
        if (next.get().isAfter(time.now())) {
            time.set(next.get());
        }
        wakeNodes();
        settle();
        return true;
    }

    private void wakeNodes() {
        nodes.values().forEach(node -> node.node().advance(time.now()));
    }

    /// Time goes on; everything due in between happens at its own instant.
    public void pass(Duration duration) {
        passUntil(time.now().plus(duration));
    }

    /// As [#pass]; a moment that has passed already does nothing.
    public void passUntil(Instant target) {
        int idle = 0;
        while (time.now().isBefore(target) || idle == 0) {
            Instant before = time.now();
            if (!advance(target)) {
                break;
            }
            idle = time.now().equals(before) ? idle + 1 : 0;
            Check.that(idle < MAX_ROUNDS, "the clock stands still at %s", before);
        }
        if (time.now().isBefore(target)) {
            time.set(target);
            settle();
        }
    }

    // --- accidents

    /// The clock is set, forward or back, and nothing in between happens at its own instant.
    public void jump(Duration by) {
        time.advance(by);
        wakeNodes();
        settle();
    }

    /// The control plane dies at its n-th commit from now (1: the next), just before or just after it is durable, and
    /// starts anew at once.
    public void crashAt(int n, boolean afterItIsDurable) {
        store.crashAt(n, afterItIsDurable);
    }

    /// The next `count` commits fail, as on a full disk.
    public void refuseCommits(int count) {
        store.refuse(count);
    }

    /// The control plane dies between two rounds and starts anew.
    public void crash() {
        crashes++;
        restart();
        settle();
    }

    private void restart() {
        fresh.clear();
        mail.lose();
        loop = newLoop();
        nodes.values().forEach(node -> node.node().sayAgain());
        for (Entry<ObjectVersion> entry : store.current().prefixed(Kinds.POD.keyPrefix())) {
            tell((Pod) entry.value().object());
        }
        nodes.values().forEach(node -> node.node().forgetOthers(this::exists, time.now()));
    }

    private boolean exists(ObjectRef pod) {
        @Nullable ObjectVersion found = find(pod.key());
        return found != null && found.ref().equals(pod);
    }

    /// A new, empty node; its name.
    public String addNode() {
        nodeNumber++;
        String name = "node-" + nodeNumber;
        SimulatedNode node = new SimulatedNode(name, nodeNumber, options.behaviour(), options.console(), mail);
        WorldNode added = new WorldNode(node, options.capacity(), time.now());
        nodes.put(name, added);
        submit(prepared(Kinds.NODE, added.object(time.now())));
        return name;
    }

    /// The node's power fails.
    public void powerFails(String node) {
        at(node).node().powerFails();
        fallSilent(node);
    }

    /// The node's network fails; its pods go on.
    public void cutOff(String node) {
        at(node).node().cutOff();
        fallSilent(node);
    }

    /// The node is about to go and takes no new pods; those it has get SIGTERM, and `grace` to end. As a spot instance
    /// does before it goes, which is [#powerFails] or [#removeNode] after the grace.
    public void shutDown(String node, Duration grace) {
        changeNode(node, object -> WorldNode.closing(object, time.now()));
        at(node).node().shutDown(grace, time.now());
        settle();
    }

    /// Its machine and its object go.
    public void removeNode(String node) {
        at(node).node().powerFails();
        @Nullable ObjectVersion version = find(key(Kinds.NODE, node));
        if (version != null) {
            delete(version.key(), Deletion.now(version.ref().uid()));
        }
    }

    /// Whether new pods may come to it.
    public void cordon(String node, boolean closed) {
        changeNode(node, object -> object.getSpec().setUnschedulable(closed ? Boolean.TRUE : null));
    }

    private void fallSilent(String node) {
        changeNode(node, object -> at(node).fallSilent(object, time.now()));
    }

    /// After a failure of power or network.
    public void comesBack(String node) {
        at(node).node().comesBack(time.now());
        at(node).node().forgetOthers(this::exists, time.now());
        changeNode(node, object -> at(node).speak(object, time.now()));
        settle();
    }

    /// Everything on the node dies and it is back at once.
    public void reboot(String node) {
        at(node).node().powerFails();
        comesBack(node);
    }

    /// With spec and status, as the node and its owner may.
    private void changeNode(String node, Consumer<Node> edit) {
        @Nullable ObjectVersion version = find(key(Kinds.NODE, node));
        if (version != null) {
            Node next = Json.copy((Node) version.object());
            edit.accept(next);
            submit(new Write.Update(version.key(), version.revision(), next));
        }
    }

    private WorldNode at(String node) {
        Check.that(nodes.containsKey(node), "no node %s among %s", node, nodes.keySet());
        return Objects.requireNonNull(nodes.get(node));
    }

    /// The pod's app containers end now with that code, whatever they were to do.
    public void endPod(Pod pod, int exitCode) {
        of(pod).ifPresent(node -> node.end(pod.getMetadata().getUid(), exitCode, time.now()));
        settle();
    }

    // --- questions

    public Instant now() {
        return time.now();
    }

    /// What is published.
    public Snapshot<ObjectVersion> snapshot() {
        return store.current();
    }

    public Store<ObjectVersion> store() {
        return store;
    }

    /// For those who submit without settling; another one after a crash.
    public Loop loop() {
        return loop;
    }

    /// In the order of their numbers.
    public List<SimulatedNode> nodes() {
        return nodes.values().stream().map(WorldNode::node).toList();
    }

    /// Told after each round that changed something, also after a restart of the control plane.
    public void listen(Loop.Listener listener) {
        listeners.add(listener);
    }

    public int crashes() {
        return crashes;
    }

    public int commits() {
        return store.commits();
    }

    /// What the control plane said was wrong, each once: warnings and errors of its log.
    public List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /// In `default`, or of the cluster.
    public static ObjectKey key(Kind kind, String name) {
        return new ObjectKey(kind, kind.namespaced() ? "default" : "", name);
    }

    public @Nullable ObjectVersion find(ObjectKey key) {
        @Nullable Entry<ObjectVersion> entry = store.current().get(key.path());
        return entry == null ? null : entry.value();
    }

    @Override
    public void close() {
        loop.close();
        store.close();
    }
}
