package dev.jobctl.loop;

import dev.jobctl.resource.view.ConditionView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the status of a pod becomes when it is bound to a node. Pods that were made alike are bound alike: they share
/// the last one, for a stored status never changes. Owned by the loop's thread.
final class BoundStatuses {
    private @Nullable Bound last;

    private record Bound(@Nullable PodStatus before, Instant at, PodStatus after) {}

    /// Changes the pod, a copy of the stored one.
    @SuppressWarnings("ReferenceEquality") // the same status means the same
    void bind(Pod pod, Instant now) {
        @Nullable PodStatus before = pod.getStatus();
        @Nullable Bound known = last;
        if (known == null || known.before != before || !known.at.equals(now)) {
            PodStatus after = Edit.status(pod);
            Edit.put(after, new ConditionView("PodScheduled", "True", "", "", now).toPodCondition());
            known = new Bound(before, now, after);
            last = known;
        }
        pod.setStatus(known.after);
    }
}
