package dev.jobctl.control.schedule;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Binds waiting pods to nodes, or says on the pod why none will have it, and displaces pods of lower priority.
///
/// Rule SCH-001: each waiting pod goes to the emptiest of the nodes that take it; those bound in the same decision
/// count.
///
/// Ask when a pod is created, ends or goes, and when a node changes. A pod that stays unschedulable for the same
/// reasons changes nothing, so asking again is quiet.
public final class Scheduler {
    public static final String COMPONENT = "default-scheduler";
    private static final String SCHEDULED = "PodScheduled";

    /// Rule SCH-007: the higher priority first; of equals first whom room is being made for, then the older.
    private static final Comparator<PodView> QUEUE = Comparator.<PodView>comparingInt(
                    pod -> -Math.max(pod.needs().priority(), -Integer.MAX_VALUE))
            .thenComparing(pod -> pod.nominated() == null)
            .thenComparing(pod -> pod.meta().creation());

    private final SchedulerInput input;
    private final Instant now;
    private final Cluster cluster;
    private final Preemption preemption;
    private final List<Change> changes = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();
    /// Refused already: who needs the same is refused with the same words. Only pods that look at no other pods.
    private final Map<PodNeeds, String> refused = new HashMap<>();
    /// Displaced in this call, by uid.
    private final Set<String> leaving = new HashSet<>();

    private Scheduler(SchedulerInput input, Instant now) {
        this.input = input;
        this.now = now;
        cluster = new Cluster(input.nodes(), input.namespaces());
        preemption = new Preemption(cluster, input.budgets(), now);
    }

    public static Decision decide(SchedulerInput input, Instant now) {
        Scheduler scheduler = new Scheduler(input, now);
        input.waiting().stream().filter(Scheduler::ours).sorted(QUEUE).forEach(scheduler::place);
        return scheduler.changes.isEmpty() ? Decision.quiet() : new Decision(scheduler.changes, scheduler.events, null);
    }

    private static boolean ours(PodView pod) {
        return pod.node() == null && pod.active() && pod.needs().scheduler().equals(PodNeeds.DEFAULT_SCHEDULER);
    }

    private void place(PodView pod) {
        if (pod.needs().gated()) {
            // Rule SCH-006: it waits for its gates to be taken away, without an event.
            say(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates");
            return;
        }
        if (cluster.rooms().isEmpty()) {
            unschedulable(pod, Unschedulable.NO_NODES);
            return;
        }
        @Nullable String fault = input.claimFaults().get(pod.uid());
        if (fault != null) {
            nowhere(pod, Unschedulable.claim(cluster.rooms().size(), fault));
            return;
        }
        @Nullable String known = refused.isEmpty() ? null : refused.get(pod.needs());
        if (known != null) {
            unschedulable(pod, known);
            return;
        }
        @Nullable Set<String> named = Cluster.named(pod);
        if (named != null && named.isEmpty()) {
            nowhere(pod, Unschedulable.conflict(cluster.rooms().size()));
            return;
        }
        placeAmong(pod, named);
    }

    /// No node will do, whoever is displaced.
    private void nowhere(PodView pod, String why) {
        List<Verdict> refusals = cluster.rooms().stream()
                .map(_ -> Verdict.never("Preemption is not helpful for scheduling"))
                .toList();
        unschedulable(pod, why + Unschedulable.preemption(refusals.size(), null, refusals));
    }

    private void placeAmong(PodView pod, @Nullable Set<String> named) {
        @Nullable Company company = cluster.company(pod);
        List<NodeRoom> fitting = new ArrayList<>();
        Map<NodeRoom, Verdict> refusals = new LinkedHashMap<>();
        for (NodeRoom room : cluster.rooms()) {
            @Nullable
            Verdict refusal = named != null && !named.contains(room.name())
                    ? Verdict.never("node(s) didn't satisfy plugin(s) [NodeAffinity]")
                    : Cluster.refusal(pod, room, company);
            if (refusal == null) {
                fitting.add(room);
            } else {
                refusals.put(room, refusal);
            }
        }
        @Nullable NodeRoom best = nominatedOf(pod, fitting);
        best = best == null ? Preferences.best(pod, fitting, cluster) : best;
        if (best == null) {
            refuse(pod, refusals);
            return;
        }
        cluster.bind(pod, best);
        changes.add(new Change.BindPod(pod.ref(), best.name()));
    }

    private @Nullable NodeRoom nominatedOf(PodView pod, List<NodeRoom> fitting) {
        @Nullable String name = pod.nominated();
        @Nullable NodeRoom room = name == null ? null : cluster.room(name);
        return room != null && fitting.contains(room) ? room : null;
    }

    /// Rule SCH-023: while those displaced for it are still ending, their room is kept for it and nothing is said.
    private void refuse(PodView pod, Map<NodeRoom, Verdict> refusals) {
        @Nullable String name = pod.nominated();
        @Nullable NodeRoom nominated = name == null ? null : cluster.room(name);
        if (nominated != null && Preemption.underWay(pod, nominated)) {
            nominated.take(pod.needs());
            return;
        }
        int nodes = cluster.rooms().size();
        String why = Unschedulable.text(nodes, refusals.values());
        if (!pod.needs().preempts()) {
            // Rule SCH-024: preemptionPolicy Never.
            unschedulable(pod, why + Unschedulable.NEVER);
            remember(pod, why + Unschedulable.NEVER);
            return;
        }
        Preemption.Found found = preemption.find(pod, refusals);
        String message = why + Unschedulable.preemption(nodes, found.best(), found.verdicts());
        if (found.best() != null) {
            displace(pod, found.best());
        } else if (name != null) {
            changes.add(new Change.NominateNode(pod.ref(), null));
        } else {
            remember(pod, message);
        }
        unschedulable(pod, message);
    }

    private void remember(PodView pod, String message) {
        if (!cluster.looksAtPods(pod)) {
            refused.put(pod.needs(), message);
        }
    }

    /// Rule SCH-025, "Disruption signals on pods": the victims are deleted with their own grace, each with the
    /// condition and an event; the pod is nominated for the node; who of lower priority was, is not any more.
    private void displace(PodView pod, Preemption.Candidate best) {
        for (PodView victim : best.victims()) {
            if (victim.deleting() || !leaving.add(victim.uid())) {
                continue;
            }
            changes.add(new Change.SetPodCondition(
                    victim.ref(),
                    new ConditionView(
                            "DisruptionTarget",
                            "True",
                            Preemption.REASON,
                            pod.needs().scheduler() + ": preempting to accommodate a higher priority pod",
                            now)));
            changes.add(new Change.Delete(victim.ref(), Deletion.gentle(victim.uid())));
            events.add(EventDraft.normal(
                    victim.ref(),
                    "Preempted",
                    "Preempted by pod " + pod.uid() + " on node " + best.room().name(),
                    COMPONENT));
        }
        for (PodView other : input.waiting()) {
            if (best.room().name().equals(other.nominated())
                    && other.needs().priority() < pod.needs().priority()) {
                changes.add(new Change.NominateNode(other.ref(), null));
            }
        }
        if (!best.room().name().equals(pod.nominated())) {
            changes.add(new Change.NominateNode(pod.ref(), best.room().name()));
        }
        best.room().take(pod.needs());
    }

    private void unschedulable(PodView pod, String message) {
        if (say(pod, "Unschedulable", message)) {
            events.add(EventDraft.warning(pod.ref(), "FailedScheduling", message, COMPONENT));
        }
    }

    /// Why it is not placed, unless the pod says so already; whether it did not.
    private boolean say(PodView pod, String reason, String message) {
        @Nullable ConditionView old = pod.condition(SCHEDULED);
        boolean same = old != null
                && old.status().equals("False")
                && old.reason().equals(reason)
                && old.message().equals(message);
        if (!same) {
            changes.add(
                    new Change.SetPodCondition(pod.ref(), new ConditionView(SCHEDULED, "False", reason, message, now)));
        }
        return !same;
    }
}
