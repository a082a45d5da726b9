package dev.jobctl.control.nodes;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.resource.view.NodeHealth.Condition;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges whether a node lives, and says so by its conditions and taints. Ask when a node or its Lease changes, when
/// another node comes, goes, becomes ready or stops being so, and at `wakeAt`.
///
/// Example, a node whose Lease was last renewed at 12:00:00: at 12:00:50 its conditions become Unknown and it is
/// tainted `unreachable`; a pod with the usual toleration of 300 s is deleted at 12:05:50.
public final class NodeLifecycle {
    private static final String COMPONENT = "node-controller";

    /// So few may be lost however few there are: the node controller's numbers, as are the next two.
    private static final int FEW_LOST = 2;

    private static final long MANY_LOST_PERCENT = 55;
    private static final int SMALL_CLUSTER = 50;
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";
    private static final String NO_SCHEDULE = "NoSchedule";
    private static final String NO_EXECUTE = "NoExecute";
    private static final String PREFIX = "node.kubernetes.io/";
    private static final String NOT_READY = PREFIX + "not-ready";
    private static final String UNREACHABLE = PREFIX + "unreachable";
    private static final String UNSCHEDULABLE = PREFIX + "unschedulable";

    /// What a node that lives says about itself; all of it is unknown once it is silent.
    private static final List<String> REPORTED =
            List.of(NodeHealth.READY, "MemoryPressure", "DiskPressure", "PIDPressure");

    /// Condition of a node -> its taint, in order of the condition.
    private static final SortedMap<String, String> TROUBLES = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "MemoryPressure", PREFIX + "memory-pressure",
            "DiskPressure", PREFIX + "disk-pressure",
            "PIDPressure", PREFIX + "pid-pressure",
            "NetworkUnavailable", PREFIX + "network-unavailable")));

    private NodeLifecycle() {}

    public static Decision decide(NodeInput input, NodeGrace grace, Instant now) {
        NodeHealth node = input.life().node();
        @Nullable Condition ready = node.condition(NodeHealth.READY);
        List<Change> changes = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        @Nullable Instant due = due(input.life(), grace);
        boolean silent = due != null && !now.isBefore(due);
        String status = silent ? UNKNOWN : ready == null ? "" : ready.status();
        if (silent) {
            List<ConditionView> unknown = unknown(node, now);
            if (!unknown.isEmpty()) {
                changes.add(new Change.SetNodeConditions(node.ref(), unknown));
            }
            if (ready != null && ready.status().equals(TRUE)) {
                String message = "Node " + node.name() + " status is now: NodeNotReady";
                events.add(EventDraft.normal(node.ref(), "NodeNotReady", message, COMPONENT));
            }
        }
        List<TaintView> taints = taints(input, status, silent, now);
        if (!taints.equals(node.taints())) {
            changes.add(new Change.SetTaints(node.ref(), taints));
        }
        return new Decision(changes, events, silent ? null : due);
    }

    /// Whether a node is ready and not silent.
    public static boolean lives(NodeLife life, NodeGrace grace, Instant now) {
        @Nullable Instant due = due(life, grace);
        return life.node().is(NodeHealth.READY, TRUE) && (due == null || now.isBefore(due));
    }

    /// Rule NODE-001, "Node health -> pods", "node declared Unknown": 50 s after its last sign of life, which is the
    /// newer of its Lease and of the Ready condition's heartbeat, or the start of this control plane, since nobody
    /// could have heard it before. Rule NODE-002: a node that has never said whether it is ready has 60 s from its
    /// creation. Rule NODE-003: a node in the control plane's own process is as alive as whoever asks.
    private static @Nullable Instant due(NodeLife life, NodeGrace grace) {
        if (life.node().inProcess()) {
            return null;
        }
        @Nullable Condition ready = life.node().condition(NodeHealth.READY);
        Instant heard = later(life.watchedSince(), life.node().meta().creation());
        if (life.renewed() != null) {
            heard = later(heard, life.renewed());
        }
        if (ready != null && ready.heartbeat() != null) {
            heard = later(heard, ready.heartbeat());
        }
        return heard.plus(ready == null ? grace.startup() : grace.silence());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<ConditionView> unknown(NodeHealth node, Instant now) {
        List<ConditionView> changed = new ArrayList<>();
        for (String type : REPORTED) {
            @Nullable Condition old = node.condition(type);
            if (old == null) {
                changed.add(new ConditionView(
                        type, UNKNOWN, "NodeStatusNeverUpdated", "Kubelet never posted node status.", now));
            } else if (!old.status().equals(UNKNOWN)) {
                changed.add(new ConditionView(
                        type, UNKNOWN, "NodeStatusUnknown", "Kubelet stopped posting node status.", now));
            }
        }
        return changed;
    }

    /// What the node should have: those that others put there as they are, ours as its state wants them. One that stays
    /// keeps the time at which it was added.
    private static List<TaintView> taints(NodeInput input, String status, boolean silent, Instant now) {
        NodeHealth node = input.life().node();
        List<TaintView> wanted = new ArrayList<>(noSchedule(node, status, silent, now));
        List<TaintView> driving = noExecute(status, now);
        if (!driving.isEmpty() && mayDrive(node, input.others().get())) {
            wanted.addAll(driving);
        }
        List<TaintView> taints = new ArrayList<>();
        for (TaintView old : node.taints()) {
            boolean stays = wanted.removeIf(taint -> same(taint, old));
            if (stays || !ours(old)) {
                taints.add(old);
            }
        }
        taints.addAll(wanted);
        return taints;
    }

    /// Whether pods may be driven from a node that is not ready. Rule NODE-006: where no node is ready, the fault may
    /// be on this side: nobody is driven away. Rule NODE-009: nor is anybody else where more than two nodes and at
    /// least 55 % of all are lost, unless there are more than 50; a node whose pods were driven away before goes on
    /// with it.
    private static boolean mayDrive(NodeHealth node, OtherNodes others) {
        int lost = others.lost() + 1;
        int all = others.ready() + lost;
        if (others.ready() == 0) {
            return false;
        }
        boolean many = lost > FEW_LOST && lost * 100L >= all * MANY_LOST_PERCENT;
        return !many
                || enough(others.ready(), others.lost())
                || node.taints().stream().anyMatch(NodeLifecycle::drives);
    }

    /// Whether pods may be driven from a node that is not ready if there are so many others, and maybe more.
    public static boolean enough(int ready, int lost) {
        return ready > 0 && ready + lost + 1 > SMALL_CLUSTER;
    }

    private static boolean drives(TaintView taint) {
        boolean health = taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE);
        return health && taint.noExecute();
    }

    /// Rule NODE-004: no new pods on a node that is not ready, unreachable, cordoned or in trouble.
    private static List<TaintView> noSchedule(NodeHealth node, String status, boolean silent, Instant now) {
        List<TaintView> wanted = new ArrayList<>();
        if (status.equals(FALSE)) {
            wanted.add(taint(NOT_READY, NO_SCHEDULE, now));
        } else if (status.equals(UNKNOWN)) {
            wanted.add(taint(UNREACHABLE, NO_SCHEDULE, now));
        }
        if (node.unschedulable()) {
            wanted.add(taint(UNSCHEDULABLE, NO_SCHEDULE, now));
        }
        TROUBLES.forEach((condition, key) -> {
            if (!silent && node.is(condition, TRUE)) {
                wanted.add(taint(key, NO_SCHEDULE, now));
            }
        });
        return wanted;
    }

    /// Rule NODE-005: pods leave a node that is not ready (`not-ready`) or silent (`unreachable`) once their tolerance
    /// ends.
    private static List<TaintView> noExecute(String status, Instant now) {
        return switch (status) {
            case FALSE -> List.of(taint(NOT_READY, NO_EXECUTE, now));
            case UNKNOWN -> List.of(taint(UNREACHABLE, NO_EXECUTE, now));
            default -> List.of();
        };
    }

    private static TaintView taint(String key, String effect, Instant now) {
        return new TaintView(key, "", effect, now);
    }

    private static boolean same(TaintView one, TaintView other) {
        return one.key().equals(other.key()) && one.effect().equals(other.effect());
    }

    private static boolean ours(TaintView taint) {
        boolean health = taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE);
        boolean other = taint.key().equals(UNSCHEDULABLE) || TROUBLES.containsValue(taint.key());
        return drives(taint) || (health || other) && taint.effect().equals(NO_SCHEDULE);
    }

    /// Rule NODE-007, "pods on it": a pod that was ready before its node stopped being so is not ready any more; its
    /// phase stays. One that became ready afterwards was reported by a node that lives again.
    public static Decision unready(PodView pod, NodeHealth node, Instant now) {
        @Nullable Condition ready = node.condition(NodeHealth.READY);
        if (ready == null || ready.status().equals(TRUE)) {
            return Decision.quiet();
        }
        if (!pod.ready() || pod.terminal() || !readyBefore(pod, ready.since())) {
            return Decision.quiet();
        }
        @Nullable ConditionView old = pod.condition(NodeHealth.READY);
        String reason = old == null ? "" : old.reason();
        String message = old == null ? "" : old.message();
        return new Decision(
                List.of(new Change.SetPodCondition(
                        pod.ref(), new ConditionView(NodeHealth.READY, FALSE, reason, message, now))),
                List.of(EventDraft.warning(pod.ref(), "NodeNotReady", "Node is not ready", COMPONENT)),
                null);
    }

    private static boolean readyBefore(PodView pod, @Nullable Instant lost) {
        @Nullable Instant since = pod.readySince();
        return since == null || lost == null || since.isBefore(lost);
    }
}
