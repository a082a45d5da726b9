package dev.jobctl.control.evict;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TolerationView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes pods from nodes with a NoExecute taint, at once or when their patience ends. Ask when a pod is bound, and
/// about all pods of a node when its taints change.
public final class TaintEviction {
    private static final String COMPONENT = "taint-eviction-controller";

    /// More seconds than that are for ever: whoever writes so many means it, and no clock counts so far.
    private static final Duration LONGEST = Duration.ofDays(365 * 200);

    private TaintEviction() {}

    /// Rule POD-101, "Node health -> pods", "expiry": no toleration or tolerationSeconds 0: now; seconds: so long after
    /// the pod was first seen on a node with that taint; a toleration without seconds: never. Of several tolerations of
    /// one taint the first counts; of several taints the one that is borne least long decides.
    ///
    /// Rule POD-102: a pod whose eviction was planned and is not needed any more is told so, also when it goes by
    /// itself
    /// before, and when a taint that it does not bear at all takes it away now.
    ///
    /// @param taints the NoExecute taints of its node
    /// @param planned whether its eviction was planned
    public static Decision decide(PodView pod, List<BorneTaint> taints, boolean planned, Instant now) {
        if (pod.deleting() || pod.terminal()) {
            return Decision.quiet();
        }
        @Nullable Instant due = null;
        for (BorneTaint taint : taints) {
            Instant end = end(pod, taint);
            due = due == null || end.isBefore(due) ? end : due;
        }
        if (due == null || due.equals(Instant.MAX)) {
            return planned ? cancel(pod.ref()) : Decision.quiet();
        }
        if (now.isBefore(due)) {
            List<Change> plan = planned ? List.of() : List.of(new Change.PlanEviction(pod.ref(), true));
            return new Decision(plan, List.of(), due);
        }
        return evict(pod, planned && due.equals(Instant.MIN), now);
    }

    /// For a pod whose eviction was planned and that needs none, or is gone.
    public static Decision cancel(ObjectRef pod) {
        return new Decision(
                List.of(new Change.PlanEviction(pod, false)), List.of(told(pod, "Cancelling deletion of Pod ")), null);
    }

    private static EventDraft told(ObjectRef pod, String what) {
        return EventDraft.normal(
                pod,
                "TaintManagerEviction",
                what + pod.key().namespace() + "/" + pod.key().name(),
                COMPONENT);
    }

    /// Until when the pod bears the taint; the beginning of time when it does not at all.
    private static Instant end(PodView pod, BorneTaint borne) {
        for (TolerationView toleration : pod.needs().tolerations()) {
            if (toleration.tolerates(borne.taint())) {
                @Nullable Long seconds = toleration.seconds();
                if (seconds == null || seconds > LONGEST.toSeconds()) {
                    return Instant.MAX;
                }
                return borne.since().plusSeconds(Math.max(0, seconds));
            }
        }
        return Instant.MIN;
    }

    private static Decision evict(PodView pod, boolean replanned, Instant now) {
        ConditionView condition = new ConditionView(
                "DisruptionTarget",
                "True",
                "DeletionByTaintManager",
                "Taint manager: deleting due to NoExecute taint",
                now);
        List<EventDraft> events = new ArrayList<>();
        if (replanned) {
            events.add(told(pod.ref(), "Cancelling deletion of Pod "));
        }
        events.add(told(pod.ref(), "Marking for deletion Pod "));
        return new Decision(
                List.of(
                        new Change.PlanEviction(pod.ref(), false),
                        new Change.SetPodCondition(pod.ref(), condition),
                        new Change.Delete(pod.ref(), Deletion.gentle(pod.uid()))),
                events,
                null);
    }
}
