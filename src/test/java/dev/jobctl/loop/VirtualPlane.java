package dev.jobctl.loop;

import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.simulate.CrashingStore;
import dev.jobctl.std.Check;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.VirtualTime;
import dev.jobctl.store.Entry;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Store;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A control plane for tests: the real loop and controllers, a virtual clock, a simulated node called `local`, and
/// verbs for a test to speak. After each verb everything that can happen at that instant has happened.
final class VirtualPlane {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BUDGET = 512;

    /// More rounds than this at one instant means that something never gets quiet.
    private static final int MAX_ROUNDS = 10_000;

    private final VirtualTime time = new VirtualTime(START);
    private final Luck luck;
    private final SimulatedNode node = new SimulatedNode();
    private final Heartbeats heartbeats = new Heartbeats();
    private final CrashingStore<ObjectVersion> store;
    private final LoopOptions options;
    private final List<String> complaints = new ArrayList<>();
    private Loop loop;

    VirtualPlane() {
        this(new MemoryStore<>(), LoopOptions.standard(), 7);
    }

    VirtualPlane(Store<ObjectVersion> inner, LoopOptions options, long seed) {
        this.luck = Luck.seeded(seed);
        this.store = new CrashingStore<>(inner);
        this.options = options;
        this.loop = newLoop();
        if (store.current().size() == 0) {
            create(Kinds.NAMESPACE, namespace("default"));
            create(Kinds.NODE, readyNode("local"));
        }
    }

    private Loop newLoop() {
        return new Loop(store, time, luck, new Log(complaints::add, Log.Level.WARNING, time, "test"), options);
    }

    static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    static HasMetadata readyNode(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(NodeHealth.HEARTBEAT, NodeHealth.IN_PROCESS)
                .endMetadata()
                .withNewStatus()
                .addToAllocatable("pods", new io.fabric8.kubernetes.api.model.Quantity("1000000"))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    /// A Job with one container that somebody else ends.
    /// With one container.
    static PodBuilder pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("x")
                .endContainer()
                .endSpec();
    }

    static JobBuilder job(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("perl:5.34.0")
                .withCommand("true")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    // --- verbs

    /// As the API server would: defaulted and prepared.
    <T extends HasMetadata> Outcome create(Kind kind, T object) {
        return submit(toCreate(kind, object));
    }

    <T extends HasMetadata> Write toCreate(Kind kind, T object) {
        T whole = Preparation.forCreate(
                kind, Defaults.apply(kind, Json.copy(object)), luck.uuid().toString(), time.now());
        return new Write.Create(ObjectKey.of(kind, whole), whole);
    }

    Outcome create(Job job) {
        return create(Kinds.JOB, job);
    }

    Outcome change(String job, Consumer<Job> edit) {
        ObjectVersion version = version(Kinds.JOB, job);
        Job next = Json.copy((Job) version.object());
        edit.accept(next);
        Job whole = Preparation.forUpdate(Kinds.JOB, (Job) version.object(), next, null);
        return submit(new Write.Update(version.key(), version.revision(), whole));
    }

    Outcome delete(Kind kind, String name, Deletion.@Nullable Propagation how) {
        return submit(new Write.Delete(key(kind, name), new Deletion(null, how, null, null)));
    }

    /// Hands in and lets everything happen.
    Outcome submit(Write write) {
        CompletableFuture<Outcome> answer = loop.submit(write);
        settle();
        return answer.join();
    }

    /// The pod ends with that code.
    void ends(Pod pod, int exitCode) {
        node.end(pod.getMetadata().getUid(), exitCode);
        settle();
    }

    /// A plane whose nodes are all distant: they live by what they report.
    static VirtualPlane distant(String... nodes) {
        VirtualPlane plane = new VirtualPlane();
        plane.delete(Kinds.NODE, "local", null);
        plane.create(Kinds.NAMESPACE, namespace("kube-node-lease"));
        for (String name : nodes) {
            plane.heartbeats.start(name);
            Node node = (Node) readyNode(name);
            node.getMetadata().setAnnotations(Map.of());
            plane.create(Kinds.NODE, node);
        }
        return plane;
    }

    /// Nothing is heard of the node and its pods any more.
    void lose(String name) {
        heartbeats.stop(name);
        node.silence(name);
    }

    /// It reports again; what it ran still runs there.
    void comesBack(String name) {
        heartbeats.start(name);
        node.unsilence(name);
        settle();
    }

    /// It reports again; what it ran has gone.
    void reboots(String name) {
        node.reboot(name);
        comesBack(name);
    }

    SimulatedNode node() {
        return node;
    }

    /// Time goes on; everything due in between happens at its own instant.
    void pass(Duration duration) {
        Instant target = time.now().plus(duration);
        while (true) {
            Instant next = Stream.of(loop.nextWake(), node.nextEnd(), heartbeats.next())
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElse(target);
            if (next.isAfter(target)) {
                break;
            }
            if (next.isAfter(time.now())) {
                time.set(next);
            }
            settle();
            if (!next.isBefore(target)) {
                break;
            }
        }
        time.set(target);
        settle();
    }

    /// Rounds of loop and node until nobody wants anything at this instant.
    void settle() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean more = loop.step(BUDGET);
            List<Write> reports = more ? List.of() : reports();
            if (!more && reports.isEmpty()) {
                Check.that(complaints.isEmpty(), "the loop complains: %s", complaints);
                return;
            }
            reports.forEach(loop::submit);
        }
        Check.that(false, "never quiet at %s", time.now());
    }

    private List<Write> reports() {
        List<Write> reports = new ArrayList<>(heartbeats.look(store.current(), time.now()));
        reports.addAll(node.look(store.current(), time.now()));
        return reports;
    }

    /// What the loop said was wrong; read by tests that make it so. Clears it.
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    CrashingStore<ObjectVersion> store() {
        return store;
    }

    Loop loop() {
        return loop;
    }

    Instant now() {
        return time.now();
    }

    VirtualTime time() {
        return time;
    }

    /// A new process over what the old one left on disk.
    void recover() {
        loop = newLoop();
        settle();
    }

    // --- questions

    ObjectKey key(Kind kind, String name) {
        return new ObjectKey(kind, kind.namespaced() ? "default" : "", name);
    }

    @Nullable
    ObjectVersion find(Kind kind, String name) {
        Entry<ObjectVersion> entry = store.current().get(key(kind, name).path());
        return entry == null ? null : entry.value();
    }

    ObjectVersion version(Kind kind, String name) {
        ObjectVersion found = find(kind, name);
        if (found == null) {
            throw new AssertionError("no " + kind.kind() + " " + name);
        }
        return found;
    }

    Job stored(String name) {
        return (Job) version(Kinds.JOB, name).object();
    }

    /// All pods, by creation and then name.
    List<Pod> pods() {
        return store.current().prefixed(Kinds.POD.keyPrefix()).stream()
                .map(entry -> (Pod) entry.value().object())
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /// Neither ended nor being deleted.
    List<Pod> active() {
        return pods().stream()
                .filter(pod -> !Pods.terminal(pod) && pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /// `Type=Status(Reason)` of the Job's conditions, in order.
    List<String> conditions(String job) {
        return stored(job).getStatus().getConditions().stream()
                .map(VirtualPlane::print)
                .toList();
    }

    private static String print(JobCondition condition) {
        return condition.getType() + "=" + condition.getStatus() + "(" + condition.getReason() + ")";
    }

    /// `Reason: message xCOUNT` of the events about an object, in order of their first time and name.
    List<String> events(String object) {
        return store.current().prefixed(Kinds.EVENT.keyPrefix()).stream()
                .map(entry -> (Event) entry.value().object())
                .filter(event -> event.getInvolvedObject().getName().equals(object))
                .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage() + " x" + event.getCount())
                .toList();
    }
}
