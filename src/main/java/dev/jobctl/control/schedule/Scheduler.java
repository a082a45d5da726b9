package dev.jobctl.control.schedule;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Binds waiting pods to nodes, or says on the pod why none will have it.
///
/// Rule SCH-001: each waiting pod goes to the emptiest of the nodes that take it, in the order given; those bound in
/// the
/// same decision count.
///
/// Ask when a pod is created, ends or goes, and when a node changes. A pod that stays unschedulable for the same
/// reasons changes nothing, so asking again is quiet.
public final class Scheduler {
    public static final String COMPONENT = "default-scheduler";
    private static final String SCHEDULED = "PodScheduled";

    private Scheduler() {}

    public static Decision decide(SchedulerInput input, Instant now) {
        Map<String, NodeRoom> rooms = rooms(input);
        List<Change> changes = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        for (PodView pod : input.waiting()) {
            if (!ours(pod)) {
                continue;
            }
            if (pod.needs().gated()) {
                // Rule SCH-006: it waits for its gates to be taken away, without an event.
                refuse(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", now)
                        .ifChanged(changes);
                continue;
            }
            @Nullable NodeRoom best = best(pod.needs(), rooms);
            if (best != null) {
                best.take(pod.needs());
                changes.add(new Change.BindPod(pod.ref(), best.node().name()));
                continue;
            }
            String message = unschedulable(pod.needs(), rooms);
            if (refuse(pod, "Unschedulable", message, now).ifChanged(changes)) {
                events.add(EventDraft.warning(pod.ref(), "FailedScheduling", message, COMPONENT));
            }
        }
        return changes.isEmpty() ? Decision.quiet() : new Decision(changes, events, null);
    }

    private static boolean ours(PodView pod) {
        return pod.node() == null && pod.active() && pod.needs().scheduler().equals(PodNeeds.DEFAULT_SCHEDULER);
    }

    private static Map<String, NodeRoom> rooms(SchedulerInput input) {
        Map<String, NodeRoom> rooms = new LinkedHashMap<>();
        for (NodeView node : input.nodes()) {
            rooms.put(node.name(), new NodeRoom(node));
        }
        for (PodView pod : input.placed()) {
            @Nullable NodeRoom room = pod.node() == null ? null : rooms.get(pod.node());
            if (room != null && !pod.terminal()) {
                room.take(pod.needs());
            }
        }
        return rooms;
    }

    /// The node with the most room of those that fit; the first of equals.
    private static @Nullable NodeRoom best(PodNeeds needs, Map<String, NodeRoom> rooms) {
        @Nullable NodeRoom best = null;
        double least = Double.MAX_VALUE;
        for (NodeRoom room : rooms.values()) {
            if (room.refusals(needs).isEmpty() && room.load(needs) < least) {
                best = room;
                least = room.load(needs);
            }
        }
        return best;
    }

    /// Rule SCH-002: why no node takes it, counted over the nodes, and why nobody is displaced for it. Example:
    /// `0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. preemption: 0/2 nodes are available:
    /// 1
    /// No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.`
    private static String unschedulable(PodNeeds needs, Map<String, NodeRoom> rooms) {
        if (rooms.isEmpty()) {
            return "no nodes available to schedule pods";
        }
        List<String> reasons = new ArrayList<>();
        List<String> preemption = new ArrayList<>();
        for (NodeRoom room : rooms.values()) {
            List<String> refusals = room.refusals(needs);
            reasons.addAll(refusals);
            preemption.add(
                    refusals.stream().allMatch(NodeRoom::isScarcity)
                            ? "No preemption victims found for incoming pod"
                            : "Preemption is not helpful for scheduling");
        }
        String start = "0/" + rooms.size() + " nodes are available: ";
        return start + counted(reasons) + " preemption: " + start + counted(preemption);
    }

    private static String counted(List<String> reasons) {
        Map<String, Integer> counts = new TreeMap<>();
        reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .sorted()
                .collect(Collectors.joining(", ", "", "."));
    }

    private static Refusal refuse(PodView pod, String reason, String message, Instant now) {
        return new Refusal(pod, new ConditionView(SCHEDULED, "False", reason, message, now));
    }

    /// A condition that says why a pod is not placed.
    private record Refusal(PodView pod, ConditionView condition) {
        /// Adds it unless the pod says so already; whether it did.
        boolean ifChanged(List<Change> changes) {
            @Nullable ConditionView old = pod.condition(SCHEDULED);
            boolean same = old != null
                    && old.status().equals(condition.status())
                    && old.reason().equals(condition.reason())
                    && old.message().equals(condition.message());
            if (!same) {
                changes.add(new Change.SetPodCondition(pod.ref(), condition));
            }
            return !same;
        }
    }
}
