package dev.jobctl.loop;

import dev.jobctl.control.podgc.PodCollector;
import dev.jobctl.control.schedule.NodeLoad;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.ServiceView;
import dev.jobctl.resource.view.TaintView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What deciders look up by something else than a key, kept from change to change so that a decision costs what it
/// decides about and not what is stored. Owned by the loop's thread; answers are views that the next change moves.
///
/// Following a change and then the same change with `previous` and `current` exchanged leaves everything as it was.
public final class Indexes {
    private static final SequencedSet<String> NONE = Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

    /// Controller uid -> store key -> pod that still matters.
    private final Map<String, LinkedHashMap<String, ObjectVersion>> living = new HashMap<>();
    /// Uid of a Job -> whom it selects, which never changes.
    private final Map<String, LabelSelector> selectors = new HashMap<>();
    /// Namespace -> store key -> pod without a controller.
    private final Map<String, TreeMap<String, ObjectVersion>> loose = new HashMap<>();
    /// Store key -> pod without a node.
    private final TreeMap<String, ObjectVersion> unbound = new TreeMap<>();
    /// Node name -> store key -> pod bound to it, ended or not.
    private final Map<String, LinkedHashMap<String, ObjectVersion>> onNode = new HashMap<>();
    /// Name of a node that is gone and had pods -> when it went.
    private final Map<String, Instant> vanished = new HashMap<>();
    /// Pods that have ended and that nobody deletes, the first to go first.
    private final TreeSet<PodView> ended = new TreeSet<>(PodCollector.FIRST_TO_GO);

    /// Node name -> its pods that have not ended, and what they were promised together.
    private final Map<String, NodePods> nodes = new HashMap<>();
    /// Owner uid -> store keys of objects that name it as an owner.
    private final Map<String, LinkedHashSet<String>> dependants = new HashMap<>();
    /// Uid -> store key of everything but Events.
    private final Map<String, String> places = new HashMap<>();

    private final QuotaLedger quotas = new QuotaLedger();
    private final PodRulesIndex podRules = new PodRulesIndex();
    private final ServicesIndex services = new ServicesIndex();
    private final BudgetsIndex budgets = new BudgetsIndex();
    private final NodeTaints taints = new NodeTaints();
    private final PlannedEvictions evictions = new PlannedEvictions();

    private @Nullable Instant began;
    private Instant now = Instant.EPOCH;

    /// A round begins.
    void begin(Instant instant) {
        now = instant;
        if (began == null) {
            began = instant;
        }
    }

    /// Since when changes are followed: the first round of this loop.
    public Instant began() {
        return began == null ? now : began;
    }

    /// The pods controlled by `ownerUid` that still matter to it: not terminal, or with its tracking finalizer, or
    /// being deleted, or not selected by it any more. In order of appearance.
    public Collection<ObjectVersion> livingPods(String ownerUid) {
        @Nullable Map<String, ObjectVersion> found = living.get(ownerUid);
        return found == null ? Collections.emptyList() : Collections.unmodifiableCollection(found.values());
    }

    /// The pods of a namespace that have no controller, in order of name.
    public Collection<ObjectVersion> loosePods(String namespace) {
        @Nullable Map<String, ObjectVersion> found = loose.get(namespace);
        return found == null ? Collections.emptyList() : Collections.unmodifiableCollection(found.values());
    }

    /// The pods that wait for a node, in order of key: neither terminal nor being deleted.
    public Collection<ObjectVersion> unboundPods() {
        return Collections.unmodifiableCollection(unbound.values());
    }

    /// The pods bound to a node of that name, ended or not, in order of their binding.
    public Collection<ObjectVersion> podsOf(String node) {
        @Nullable Map<String, ObjectVersion> found = onNode.get(node);
        return found == null ? Collections.emptyList() : Collections.unmodifiableCollection(found.values());
    }

    /// Since when there is no node of that name: since it was removed, else since anybody looked. To be asked about
    /// nodes that do not exist. An undone round may make it later.
    public Instant missingSince(String node) {
        return vanished.getOrDefault(node, began());
    }

    /// Since when that node has that NoExecute taint. An undone round may make it later.
    public Instant taintedSince(String node, TaintView taint) {
        return taints.since(node, taint, began());
    }

    PlannedEvictions evictions() {
        return evictions;
    }

    /// The pods that have ended and that nobody deletes, in the order in which they are to go.
    public SortedSet<PodView> endedPods() {
        return Collections.unmodifiableSortedSet(ended);
    }

    /// A node with what is on it.
    NodeLoad load(NodeView node) {
        @Nullable NodePods found = nodes.get(node.name());
        return found == null ? NodeLoad.of(node, List.of()) : found.load(node);
    }

    /// The store keys of all objects that have an owner reference with this uid, in order of appearance.
    public SequencedSet<String> dependants(String ownerUid) {
        @Nullable LinkedHashSet<String> found = dependants.get(ownerUid);
        return found == null ? NONE : Collections.unmodifiableSequencedSet(found);
    }

    /// The store key of the living object with this uid; Events are not known here.
    public @Nullable String place(String uid) {
        return places.get(uid);
    }

    QuotaLedger quotas() {
        return quotas;
    }

    /// The rules for new pods of a namespace.
    PodRules podRules(String namespace) {
        return podRules.of(namespace);
    }

    /// The Services of a namespace by store key.
    Map<String, ServiceView> services(String namespace) {
        return services.of(namespace);
    }

    /// The PodDisruptionBudgets of a namespace by store key.
    Map<String, BudgetView> budgets(String namespace) {
        return budgets.of(namespace);
    }

    /// All PodDisruptionBudgets.
    List<BudgetView> budgets() {
        return budgets.all();
    }

    /// See [BudgetsIndex#pods].
    Collection<ObjectVersion> protectedBy(BudgetView budget, Supplier<Map<String, ObjectVersion>> all) {
        return budgets.pods(budget, all);
    }

    void follow(Change<ObjectVersion> change) {
        @Nullable Entry<ObjectVersion> previous = change.previous();
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable ObjectVersion before = previous == null ? null : previous.value();
        @Nullable ObjectVersion after = current == null ? null : current.value();
        @Nullable ObjectVersion any = after != null ? after : before;
        if (any != null && !Views.is(any, Kinds.EVENT)) {
            followUid(change.key(), before, after);
            followOwners(change.key(), before, after);
            quotas.follow(change.key(), before, after);
            if (Views.is(any, Kinds.POD)) {
                followPod(change.key(), before, after);
                followNode(change.key(), before, after);
                followEnd(before, after);
                budgets.followPod(change.key(), before, after);
            } else if (Views.is(any, Kinds.JOB)) {
                followSelector(before, after);
            } else if (Views.is(any, Kinds.NODE)) {
                String node = change.key().substring(Kinds.NODE.keyPrefix().length());
                followPresence(node, after != null);
                taints.follow(node, before, after, began == null ? null : now);
            } else {
                podRules.follow(change.key(), before, after);
                services.follow(change.key(), before, after);
                budgets.follow(change.key(), before, after);
            }
        }
    }

    private void followUid(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable
        String uidBefore = before == null ? null : before.object().getMetadata().getUid();
        @Nullable
        String uidAfter = after == null ? null : after.object().getMetadata().getUid();
        if (uidBefore != null && !uidBefore.equals(uidAfter)) {
            places.remove(uidBefore);
        }
        if (uidAfter != null && !uidAfter.equals(uidBefore)) {
            places.put(uidAfter, key);
        }
    }

    @SuppressWarnings("ReferenceEquality") // versions of one object share the list unless it changed
    private void followOwners(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        var ownersBefore = before == null ? null : before.object().getMetadata().getOwnerReferences();
        var ownersAfter = after == null ? null : after.object().getMetadata().getOwnerReferences();
        if (ownersBefore == ownersAfter) {
            return;
        }
        if (ownersBefore != null) {
            for (OwnerReference owner : ownersBefore) {
                dependants.computeIfPresent(owner.getUid(), (uid, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                });
            }
        }
        if (ownersAfter != null) {
            for (OwnerReference owner : ownersAfter) {
                dependants
                        .computeIfAbsent(owner.getUid(), uid -> new LinkedHashSet<>())
                        .add(key);
            }
        }
    }

    private void followSelector(@Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (after != null) {
            var job = Views.job(after);
            selectors.put(job.meta().uid(), job.spec().selector());
        } else if (before != null) {
            selectors.remove(before.object().getMetadata().getUid());
        }
    }

    private void followPod(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable
        String controllerBefore =
                before == null ? null : Pods.controllerUid(before.object().getMetadata());
        @Nullable
        String controllerAfter =
                after == null ? null : Pods.controllerUid(after.object().getMetadata());
        boolean lives = after != null && controllerAfter != null && matters((Pod) after.object(), controllerAfter);
        if (controllerBefore != null && !(lives && controllerBefore.equals(controllerAfter))) {
            drop(living, controllerBefore, key);
        }
        if (lives && after != null && controllerAfter != null) {
            living.computeIfAbsent(controllerAfter, _ -> new LinkedHashMap<>()).put(key, after);
        }
        boolean wasLoose = before != null && controllerBefore == null;
        boolean isLoose = after != null && controllerAfter == null;
        if (wasLoose && before != null && !isLoose) {
            drop(loose, before.object().getMetadata().getNamespace(), key);
        }
        if (isLoose && after != null) {
            loose.computeIfAbsent(after.object().getMetadata().getNamespace(), _ -> new TreeMap<>())
                    .put(key, after);
        }
        if (after != null && waitsForNode(after)) {
            unbound.put(key, after);
        } else if (before != null && waitsForNode(before)) {
            unbound.remove(key);
        }
        boolean tookRoom = before != null && takesRoom(before);
        boolean takesRoom = after != null && takesRoom(after);
        if (tookRoom || takesRoom) {
            followLoad(key, tookRoom ? before : null, takesRoom ? after : null);
        }
    }

    private static <M extends Map<String, ObjectVersion>> void drop(Map<String, M> all, String group, String key) {
        @Nullable M pods = all.get(group);
        if (pods != null) {
            pods.remove(key);
            if (pods.isEmpty()) {
                all.remove(group);
            }
        }
    }

    private void followLoad(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable String nodeBefore = before == null ? null : node(before);
        @Nullable String nodeAfter = after == null ? null : node(after);
        if (before != null && nodeBefore != null && nodeBefore.equals(nodeAfter) && after != null) {
            nodes.computeIfAbsent(nodeAfter, _ -> new NodePods()).replace(key, before, after);
            return;
        }
        if (before != null && nodeBefore != null) {
            nodes.computeIfAbsent(nodeBefore, _ -> new NodePods()).remove(key, before);
        }
        if (after != null && nodeAfter != null) {
            nodes.computeIfAbsent(nodeAfter, _ -> new NodePods()).add(key, after);
        }
    }

    private static String node(ObjectVersion version) {
        return ((Pod) version.object()).getSpec().getNodeName();
    }

    private void followNode(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable String nodeBefore = NodesPods.nodeOf(before);
        @Nullable String nodeAfter = NodesPods.nodeOf(after);
        if (nodeBefore != null && !nodeBefore.equals(nodeAfter)) {
            @Nullable Map<String, ObjectVersion> pods = onNode.get(nodeBefore);
            if (pods != null) {
                pods.remove(key);
                if (pods.isEmpty()) {
                    onNode.remove(nodeBefore);
                    vanished.remove(nodeBefore);
                }
            }
        }
        if (nodeAfter != null && after != null) {
            onNode.computeIfAbsent(nodeAfter, name -> new LinkedHashMap<>()).put(key, after);
        }
    }

    /// Only while a pod is bound to it is it of interest when a node went.
    private void followPresence(String node, boolean there) {
        if (there) {
            vanished.remove(node);
        } else if (onNode.containsKey(node)) {
            vanished.put(node, now);
        }
    }

    private void followEnd(@Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (before != null && after != null && mayGo(before) && mayGo(after)) {
            PodView now = Views.pod(after);
            if (PodCollector.FIRST_TO_GO.compare(Views.pod(before), now) == 0) {
                return; // the same pod in the same place, whatever else has changed of it
            }
        }
        if (before != null && mayGo(before)) {
            ended.remove(Views.pod(before));
        }
        if (after != null && mayGo(after)) {
            ended.add(Views.pod(after));
        }
    }

    private static boolean mayGo(ObjectVersion version) {
        return Pods.terminal((Pod) version.object())
                && version.object().getMetadata().getDeletionTimestamp() == null;
    }

    /// Whether anything may still have to be decided about it. One that was counted and then lost its labels is still
    /// to be released.
    private boolean matters(Pod pod, String owner) {
        ObjectMeta meta = pod.getMetadata();
        return !Pods.terminal(pod)
                || meta.getDeletionTimestamp() != null
                || meta.getFinalizers().contains(Pods.TRACKING_FINALIZER)
                || isStray(meta, owner);
    }

    private boolean isStray(ObjectMeta meta, String owner) {
        @Nullable LabelSelector selector = selectors.get(owner);
        return selector != null && !selector.matches(Settled.map(meta.getLabels()));
    }

    private static boolean takesRoom(ObjectVersion version) {
        Pod pod = (Pod) version.object();
        return pod.getSpec().getNodeName() != null && !Pods.terminal(pod);
    }

    private static boolean waitsForNode(ObjectVersion version) {
        Pod pod = (Pod) version.object();
        return pod.getSpec().getNodeName() == null
                && !Pods.terminal(pod)
                && pod.getMetadata().getDeletionTimestamp() == null;
    }
}
