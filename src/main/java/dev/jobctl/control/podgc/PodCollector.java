package dev.jobctl.control.podgc;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Ends and deletes pods that no node will ever end. One that has not ended becomes Failed first, so that its Job can
/// judge it; the tracking finalizer keeps it until it is counted.
public final class PodCollector {
    /// How many ended pods may stay, by default.
    public static final int THRESHOLD = 12_500;

    private static final Duration QUARANTINE = Duration.ofSeconds(40);
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    private PodCollector() {}

    /// To be asked about a pod that is being deleted, and about pods of a node that has gone or is out of service.
    public static Decision decide(PodPlace place, Instant now) {
        PodView pod = place.pod();
        if (pod.node() == null) {
            return pod.deleting() ? end(pod, null) : Decision.quiet();
        }
        @Nullable NodeView node = place.node();
        if (node == null) {
            return orphaned(pod, place.missingSince() == null ? now : place.missingSince(), now);
        }
        return pod.deleting() && !node.ready() && outOfService(node) ? end(pod, null) : Decision.quiet();
    }

    /// Rule GC-022, "orphaned": bound to a node that has been gone for 40 s.
    private static Decision orphaned(PodView pod, Instant missingSince, Instant now) {
        Instant due = missingSince.plus(QUARANTINE);
        if (now.isBefore(due)) {
            return new Decision(List.of(), List.of(), due);
        }
        return end(
                pod,
                new ConditionView("DisruptionTarget", "True", "DeletionByPodGC", "PodGC: node no longer exists", now));
    }

    /// Rule GC-021, "terminating on out-of-service node".
    private static boolean outOfService(NodeView node) {
        return node.taints().stream().anyMatch(taint -> taint.key().equals(OUT_OF_SERVICE));
    }

    /// Rule GC-020, "unscheduled terminating" and the way of all victims: Failed unless it has ended, then deleted with
    /// grace 0. Nothing is left to do about one that is both and waits for its finalizers.
    private static Decision end(PodView pod, @Nullable ConditionView condition) {
        List<Change> changes = new ArrayList<>();
        if (!pod.terminal()) {
            changes.add(new Change.FailPod(pod.ref(), condition));
        }
        if (!pod.deleting() || pod.meta().graceSeconds() > 0) {
            changes.add(new Change.Delete(pod.ref(), Deletion.now(pod.uid())));
        }
        return changes.isEmpty() ? Decision.quiet() : new Decision(changes, List.of(), null);
    }

    /// Rule GC-023, "terminated": of more ended pods than `threshold` the surplus goes, evicted ones first, then the
    /// oldest. 0 or less: none goes.
    ///
    /// @param ended those that have ended and that nobody deletes, in the order of [#FIRST_TO_GO]
    public static Decision surplus(SortedSet<PodView> ended, int threshold) {
        int surplus = ended.size() - threshold;
        if (threshold <= 0 || surplus <= 0) {
            return Decision.quiet();
        }
        List<Change> changes = ended.stream()
                .limit(surplus)
                .<Change>map(pod -> new Change.Delete(pod.ref(), Deletion.now(pod.uid())))
                .toList();
        return new Decision(changes, List.of(), null);
    }

    /// Evicted ones, then by age; no two pods are equal.
    public static final Comparator<PodView> FIRST_TO_GO = PodCollector::compare;

    /// By hand: it sorts every pod that ends among all that have.
    private static int compare(PodView a, PodView b) {
        boolean evicted = a.reason().equals("Evicted");
        if (evicted != b.reason().equals("Evicted")) {
            return evicted ? -1 : 1;
        }
        int byAge = a.meta().creation().compareTo(b.meta().creation());
        if (byAge != 0) {
            return byAge;
        }
        int byName = a.meta().name().compareTo(b.meta().name());
        return byName != 0 ? byName : a.meta().namespace().compareTo(b.meta().namespace());
    }
}
