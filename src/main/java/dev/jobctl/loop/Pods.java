package dev.jobctl.loop;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few facts about pods, read straight from the object.
final class Pods {
    /// Held by every pod of a Job until it is counted.
    static final String TRACKING_FINALIZER = "batch.kubernetes.io/job-tracking";

    private Pods() {}

    static boolean terminal(Pod pod) {
        return pod.getStatus() != null && terminal(pod.getStatus().getPhase());
    }

    static boolean terminal(@Nullable String phase) {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /// Whether it has ended and nobody has anything left to do for it but to remove it.
    static boolean done(Pod pod) {
        return terminal(pod)
                && pod.getMetadata().getFinalizers().isEmpty()
                && pod.getMetadata().getDeletionTimestamp() == null;
    }

    /// The uid of the owner that is the controller.
    static @Nullable String controllerUid(ObjectMeta meta) {
        @Nullable OwnerReference controller = controller(meta);
        return controller == null ? null : controller.getUid();
    }

    static @Nullable OwnerReference controller(ObjectMeta meta) {
        List<OwnerReference> owners = meta.getOwnerReferences();
        for (int i = 0; i < owners.size(); i++) { // asked several times for every change: no iterator
            if (Boolean.TRUE.equals(owners.get(i).getController())) {
                return owners.get(i);
            }
        }
        return null;
    }
}
