package dev.jobctl.control.evict;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TolerationView;
import java.time.Duration;
import java.time.Instant;
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
    /// @param taints the NoExecute taints of its node
    public static Decision decide(PodView pod, List<BorneTaint> taints, Instant now) {
        if (pod.deleting() || pod.terminal()) {
            return Decision.quiet();
        }
        @Nullable Instant due = null;
        for (BorneTaint taint : taints) {
            Instant end = end(pod, taint, now);
            due = due == null || end.isBefore(due) ? end : due;
        }
        if (due == null || due.equals(Instant.MAX)) {
            return Decision.quiet();
        }
        return now.isBefore(due) ? new Decision(List.of(), List.of(), due) : evict(pod, now);
    }

    private static Instant end(PodView pod, BorneTaint borne, Instant now) {
        for (TolerationView toleration : pod.needs().tolerations()) {
            if (toleration.tolerates(borne.taint())) {
                @Nullable Long seconds = toleration.seconds();
                if (seconds == null || seconds > LONGEST.toSeconds()) {
                    return Instant.MAX;
                }
                return borne.since().plusSeconds(Math.max(0, seconds));
            }
        }
        return now;
    }

    private static Decision evict(PodView pod, Instant now) {
        ConditionView condition = new ConditionView(
                "DisruptionTarget",
                "True",
                "DeletionByTaintManager",
                "Taint manager: deleting due to NoExecute taint",
                now);
        String place = pod.meta().namespace() + "/" + pod.meta().name();
        return new Decision(
                List.of(
                        new Change.SetPodCondition(pod.ref(), condition),
                        new Change.Delete(pod.ref(), Deletion.gentle(pod.uid()))),
                List.of(EventDraft.normal(
                        pod.ref(), "TaintManagerEviction", "Marking for deletion Pod " + place, COMPONENT)),
                null);
    }
}
