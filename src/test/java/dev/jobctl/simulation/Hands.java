package dev.jobctl.simulation;

import dev.jobctl.node.simulated.SimulatedNode;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import dev.jobctl.simulate.World;
import dev.jobctl.store.StoreError;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the moves of a schedule in a world, as a user through the API would: what the API's validation refuses does
/// not happen.
///
/// Long because every move is made here: together they are the list of what a schedule can hold.
final class Hands {
    /// Put on nodes by hand.
    static final String TAINT = "example.com/hand";

    private static final String HOLD = "example.com/hold";
    private static final ObjectKey QUOTA = World.key(Kinds.RESOURCE_QUOTA, "quota");
    private static final ObjectKey CRON = World.key(Kinds.CRON_JOB, "cron");
    private static final ObjectKey HOME = World.key(Kinds.NAMESPACE, "default");
    private static final Duration STUCK = Duration.ofMinutes(9);

    private final World world;
    private final List<JobPlan> plans;
    private final Set<String> deletedPods = new HashSet<>();
    private final Set<String> heldPods = new HashSet<>();
    private @Nullable Instant lastQuota;
    private int orphans;
    private long objects;
    private @Nullable Instant lastRefusal;

    Hands(World world, List<JobPlan> plans) {
        this.world = world;
        this.plans = plans;
    }

    /// Whether a user deleted it, or is about to.
    boolean deleted(Pod pod) {
        return deletedPods.contains(PodFacts.uid(pod));
    }

    /// When a commit may have been refused last, null for never.
    @Nullable
    Instant lastRefusal() {
        return lastRefusal;
    }

    /// When a quota may have kept a pod back last, null for never.
    @Nullable
    Instant lastQuota() {
        return world.find(QUOTA) == null ? lastQuota : world.now();
    }

    /// Whether the pod of that uid has somebody's finalizer.
    boolean holds(String uid) {
        return heldPods.contains(uid);
    }

    /// Whether the namespace is there, and stays.
    boolean homely() {
        @Nullable ObjectVersion home = world.find(HOME);
        return home != null && home.object().getMetadata().getDeletionTimestamp() == null;
    }

    /// The classes that Jobs name.
    void priorities() {
        for (JobPlan plan : plans) {
            @Nullable String name = plan.words().get("priority");
            if (name != null && world.find(World.key(Kinds.PRIORITY_CLASS, name)) == null) {
                submit(prepared(
                        Kinds.PRIORITY_CLASS,
                        new PriorityClassBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withValue(name.equals("high") ? 1_000 : 10)
                                .build()));
            }
        }
    }

    /// Once more when the control plane died before it answered.
    void create(int job) {
        ObjectKey key = key(job);
        for (int i = 0; i < 3 && world.find(key) == null; i++) {
            Write.Create write = prepared(Kinds.JOB, plan(job).job());
            if (!Validation.create(Kinds.JOB, write.object()).isEmpty()) {
                return;
            }
            submit(write);
        }
    }

    /// As the API server prepares it; the object is given away.
    private Write.Create prepared(Kind kind, HasMetadata object) {
        HasMetadata whole = Preparation.forCreate(
                kind, Defaults.apply(kind, object), new UUID(0, ++objects).toString(), world.now());
        return new Write.Create(ObjectKey.of(kind, whole), whole);
    }

    private void submit(Write write) {
        try {
            world.submit(write);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof StoreError)) {
                throw e;
            }
        }
    }

    void make(Move move) {
        switch (move) {
            case Move.Suspend(int job) -> spec(job, spec -> spec.setSuspend(true));
            case Move.Resume(int job) -> spec(job, spec -> spec.setSuspend(false));
            case Move.Parallelism(int job, int count) -> spec(job, spec -> spec.setParallelism(count));
            case Move.Resize(int job, int count) ->
                spec(job, spec -> {
                    spec.setCompletions(count);
                    spec.setParallelism(count);
                });
            case Move.BackoffLimit(int job, int limit) -> spec(job, spec -> spec.setBackoffLimit(limit));
            case Move.Deadline(int job, int seconds) ->
                spec(job, spec -> spec.setActiveDeadlineSeconds((long) seconds));
            case Move.Ttl(int job, int seconds) -> spec(job, spec -> spec.setTtlSecondsAfterFinished(seconds));
            case Move.Annotate(int job) ->
                change(
                        key(job),
                        Job.class,
                        each -> meta(each)
                                .setAnnotations(Map.of("note", world.now().toString())));
            case Move.DeleteJob(int job, Deletion.Propagation how) ->
                submit(new Write.Delete(key(job), new Deletion(null, how, null, null)));
            case Move.CreateAgain(int job) -> create(job);
            case Move.DeletePod(int pod, @Nullable Integer grace) -> deletePod(pod, grace);
            case Move.Unlabel(int pod) -> label(pod, Map.of("app", "none"));
            case Move.Label(int pod, int job) -> label(pod, labels(job));
            case Move.OrphanPod(int job) -> orphan(job);
            default -> surroundings(move);
        }
    }

    private void surroundings(Move move) {
        switch (move) {
            case Move.Hold(int pod) -> hold(pod);
            case Move.Release(int pod) -> {
                @Nullable Pod held = pod(pod);
                if (held != null) {
                    release(held);
                }
            }
            case Move.Quota(int pods) -> quota(pods);
            case Move.Unquota() -> unquota();
            case Move.Cron(JobPlan plan, String policy, int history) -> {
                if (world.find(CRON) == null) {
                    submit(prepared(Kinds.CRON_JOB, plan.cronJob(policy, history)));
                }
            }
            case Move.DeleteCron(Deletion.Propagation how) ->
                submit(new Write.Delete(CRON, new Deletion(null, how, null, null)));
            case Move.DeleteNamespace() -> {
                pods().forEach(pod -> deletedPods.add(PodFacts.uid(pod)));
                submit(new Write.Delete(HOME, new Deletion(null, null, null, null)));
                forgetUndeleted();
            }
            case Move.Taint(int node, String effect) ->
                taint(
                        node,
                        List.of(new TaintBuilder()
                                .withKey(TAINT)
                                .withEffect(effect)
                                .build()));
            case Move.Untaint(int node) -> taint(node, List.of());
            default -> accident(move);
        }
    }

    private void hold(int number) {
        @Nullable Pod pod = pod(number);
        if (pod == null || PodFacts.deleting(pod) || holds(PodFacts.uid(pod))) {
            return;
        }
        ObjectKey key = ObjectKey.of(Kinds.POD, pod);
        change(key, Pod.class, each -> {
            List<String> finalizers = new ArrayList<>(meta(each).getFinalizers());
            finalizers.add(HOLD);
            meta(each).setFinalizers(finalizers);
        });
        @Nullable ObjectVersion now = world.find(key);
        if (now != null && meta(now.object()).getFinalizers().contains(HOLD)) {
            heldPods.add(PodFacts.uid(pod));
        }
    }

    private void release(Pod pod) {
        for (int i = 0; i < 3 && heldPods.remove(PodFacts.uid(pod)); i++) {
            change(ObjectKey.of(Kinds.POD, pod), Pod.class, each -> {
                List<String> finalizers = new ArrayList<>(meta(each).getFinalizers());
                finalizers.remove(HOLD);
                meta(each).setFinalizers(finalizers);
            });
            if (pods().stream()
                    .anyMatch(left -> PodFacts.uid(left).equals(PodFacts.uid(pod))
                            && meta(left).getFinalizers().contains(HOLD))) {
                heldPods.add(PodFacts.uid(pod)); // refused, or lost in a crash: once more
            }
        }
    }

    private void quota(int pods) {
        Map<String, Quantity> hard = Map.of("pods", new Quantity(Integer.toString(pods)));
        lastQuota = Instant.MAX.minusSeconds(1_000);
        if (world.find(QUOTA) == null) {
            submit(prepared(
                    Kinds.RESOURCE_QUOTA,
                    new ResourceQuotaBuilder()
                            .withNewMetadata()
                            .withName(QUOTA.name())
                            .withNamespace("default")
                            .endMetadata()
                            .withNewSpec()
                            .withHard(hard)
                            .endSpec()
                            .build()));
        } else {
            change(QUOTA, ResourceQuota.class, each -> {
                each.setSpec(Beans.shallow(each.getSpec()));
                each.getSpec().setHard(hard);
            });
        }
        lastQuota = world.now();
    }

    private void unquota() {
        if (world.find(QUOTA) != null) {
            lastQuota = Instant.MAX.minusSeconds(1_000);
            submit(new Write.Delete(QUOTA, new Deletion(null, null, null, null)));
            lastQuota = world.now();
        }
    }

    /// As its owner may; the others' taints stay.
    private void taint(int number, List<Taint> taints) {
        at(
                number,
                name -> change(World.key(Kinds.NODE, name), Node.class, node -> {
                    node.setSpec(Beans.shallow(node.getSpec()));
                    List<Taint> all = new ArrayList<>(node.getSpec().getTaints());
                    all.removeIf(taint -> taint.getKey().equals(TAINT));
                    all.addAll(taints);
                    node.getSpec().setTaints(all);
                }));
    }

    private void accident(Move move) {
        switch (move) {
            case Move.PowerFails(int node) -> at(node, world::powerFails);
            case Move.CutOff(int node) -> at(node, world::cutOff);
            case Move.ComesBack(int node) -> at(node, world::comesBack);
            case Move.Reboot(int node) -> at(node, world::reboot);
            case Move.Interrupt(int node, int grace) ->
                at(node, name -> world.shutDown(name, Duration.ofSeconds(grace)));
            case Move.LoseNode(int node) -> at(node, world::removeNode);
            case Move.Cordon(int node) -> at(node, name -> world.cordon(name, true));
            case Move.Uncordon(int node) -> at(node, name -> world.cordon(name, false));
            case Move.AddNode() -> tolerate(world::addNode);
            case Move.Crash() -> world.crash();
            case Move.CrashAtCommit(int n, boolean durable) -> world.crashAt(n, durable);
            case Move.RefuseCommits(int count) -> {
                world.refuseCommits(count);
                lastRefusal = Instant.MAX.minusSeconds(1_000);
            }
            case Move.Jump(Duration by) -> world.jump(by);
            default -> throw new IllegalArgumentException(move.toString());
        }
    }

    private void at(int number, Consumer<String> what) {
        List<SimulatedNode> nodes = world.nodes();
        tolerate(() -> what.accept(nodes.get(number % nodes.size()).name()));
    }

    private static void tolerate(Runnable what) {
        try {
            what.run();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof StoreError)) {
                throw e;
            }
        }
    }

    private JobPlan plan(int job) {
        return plans.get(job % plans.size());
    }

    private ObjectKey key(int job) {
        return World.key(Kinds.JOB, plan(job).name());
    }

    private static ObjectMeta meta(HasMetadata object) {
        return object.getMetadata();
    }

    private void spec(int job, Consumer<JobSpec> edit) {
        change(key(job), Job.class, each -> {
            each.setSpec(Beans.shallow(each.getSpec()));
            edit.accept(each.getSpec());
        });
    }

    /// @param edit may set fields of the object and of its metadata, which are copies; what lies deeper is shared
    private <T extends HasMetadata> void change(ObjectKey key, Class<T> type, Consumer<T> edit) {
        @Nullable ObjectVersion version = world.find(key);
        if (version == null) {
            return;
        }
        T old = type.cast(version.object());
        T next = Beans.shallow(old);
        next.setMetadata(Beans.shallow(old.getMetadata()));
        edit.accept(next);
        Kind kind = key.kind();
        T prepared = Preparation.forUpdate(kind, old, next, null);
        if (Validation.update(kind, old, prepared).isEmpty()) {
            submit(new Write.Update(key, version.revision(), prepared));
        }
    }

    // --- pods

    List<Pod> pods() {
        return world.snapshot().prefixed(Kinds.POD.keyPrefix()).stream()
                .map(entry -> (Pod) entry.value().object())
                .toList();
    }

    private @Nullable Pod pod(int number) {
        List<Pod> pods = pods();
        return pods.isEmpty() ? null : pods.get(number % pods.size());
    }

    private void deletePod(int number, @Nullable Integer grace) {
        @Nullable Pod pod = pod(number);
        if (pod != null) {
            delete(pod, grace);
        }
    }

    private void delete(Pod pod, @Nullable Integer grace) {
        deletedPods.add(PodFacts.uid(pod));
        Long seconds = grace == null ? null : Long.valueOf(grace);
        submit(new Write.Delete(ObjectKey.of(Kinds.POD, pod), new Deletion(seconds, null, PodFacts.uid(pod), null)));
        forgetUndeleted();
    }

    /// Deletions that were refused, or lost in a crash, were none.
    private void forgetUndeleted() {
        pods().stream()
                .filter(left -> !PodFacts.deleting(left))
                .forEach(left -> deletedPods.remove(PodFacts.uid(left)));
    }

    private void label(int number, Map<String, String> labels) {
        @Nullable Pod pod = pod(number);
        if (pod != null) {
            change(ObjectKey.of(Kinds.POD, pod), Pod.class, each -> meta(each).setLabels(labels));
        }
    }

    private Map<String, String> labels(int job) {
        @Nullable ObjectVersion version = world.find(key(job));
        return version == null
                ? Map.of("app", "shared")
                : new LinkedHashMap<>(
                        ((Job) version.object()).getSpec().getSelector().getMatchLabels());
    }

    private void orphan(int job) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("orphan-" + orphans++)
                .withLabels(labels(job))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .endContainer()
                .endSpec()
                .build();
        submit(prepared(Kinds.POD, pod));
    }

    // --- help

    /// @param push whether who still waits is deleted by hand
    void heal(boolean push) {
        world.refuseCommits(0);
        lastRefusal = lastRefusal == null ? null : world.now();
        surroundings();
        boolean anyNode = false;
        for (SimulatedNode node : world.nodes()) {
            @Nullable ObjectVersion there = world.find(World.key(Kinds.NODE, node.name()));
            if (there != null) {
                anyNode = true;
                healNode(node, (Node) there.object());
            }
        }
        if (!anyNode) {
            world.addNode();
        }
        for (int job = 0; job < plans.size(); job++) {
            @Nullable ObjectVersion there = world.find(key(job));
            if (there != null && waits((Job) there.object())) {
                spec(job, spec -> {
                    spec.setSuspend(false);
                    spec.setParallelism(Math.max(1, spec.getParallelism()));
                });
            }
        }
        if (push) {
            pods().stream()
                    .filter(pod -> !PodFacts.ended(pod) && old(pod) && placed(pod))
                    .forEach(pod -> delete(pod, 0));
        }
    }

    private void surroundings() {
        unquota();
        pods().forEach(this::release);
        List<SimulatedNode> nodes = world.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            @Nullable
            ObjectVersion node = world.find(World.key(Kinds.NODE, nodes.get(i).name()));
            if (node != null && tainted((Node) node.object())) {
                taint(i, List.of());
            }
        }
        change(CRON, CronJob.class, each -> {
            each.setSpec(Beans.shallow(each.getSpec()));
            each.getSpec().setSuspend(true);
        });
        if (world.find(HOME) == null) {
            tolerate(() -> world.ensureNamespace("default"));
        }
    }

    private static boolean tainted(Node node) {
        return node.getSpec().getTaints().stream()
                .anyMatch(taint -> taint.getKey().equals(TAINT));
    }

    private void healNode(SimulatedNode node, Node object) {
        boolean ready = object.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
        if (!node.reachable() || !ready) {
            world.comesBack(node.name());
        }
        if (Boolean.TRUE.equals(object.getSpec().getUnschedulable())) {
            world.cordon(node.name(), false);
        }
    }

    private static boolean waits(Job job) {
        return !JobFacts.finished(job)
                && (JobFacts.suspended(job) || job.getSpec().getParallelism() == 0);
    }

    /// Of pods whose node is gone the control plane must rid itself.
    private boolean placed(Pod pod) {
        @Nullable String node = pod.getSpec().getNodeName();
        return node == null || world.find(World.key(Kinds.NODE, node)) != null;
    }

    private boolean old(Pod pod) {
        Instant birth = PodFacts.time(meta(pod).getCreationTimestamp());
        return birth.plus(STUCK).isBefore(world.now());
    }
}
