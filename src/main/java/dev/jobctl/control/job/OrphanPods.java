package dev.jobctl.control.job;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.OwnerView;
import dev.jobctl.resource.view.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Frees pods from the tracking finalizer once no Job will ever count them, so that they can be deleted.
public final class OrphanPods {
    private OrphanPods() {}

    /// To be asked for every pod with the tracking finalizer whose Job is gone, finished or was taken away.
    ///
    /// @param owner the stored Job that has the uid of the pod's controller, null when there is none
    public static Decision decide(PodView pod, @Nullable JobView owner) {
        if (!pod.tracked() || !orphaned(pod, owner)) {
            return Decision.quiet();
        }
        return new Decision(
                List.of(new Change.RemoveFinalizer(pod.ref(), PodView.TRACKING_FINALIZER)), List.of(), null);
    }

    /// Rule JOB-200, "Orphan queue": unless an unfinished Job of ours owns it, or a controller that is no Job, or a Job
    /// that another controller manages.
    private static boolean orphaned(PodView pod, @Nullable JobView owner) {
        @Nullable OwnerView controller = pod.controller();
        if (controller == null) {
            return true;
        }
        if (!controller.kind().equals("Job") || !controller.apiVersion().equals("batch/v1")) {
            return false;
        }
        return owner == null || (!owner.managedElsewhere() && owner.status().finished());
    }
}
