package dev.jobctl.control.job;

import dev.jobctl.control.Change;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.OwnerView;
import dev.jobctl.resource.view.PodView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which pods are this Job's: those it owns and, adopted now, those that nobody owns and that its selector means.
///
/// @param pods owned ones, the adopted with their coming finalizer
/// @param changes adoptions and releases
record Claiming(List<PodView> pods, List<Change> changes) {
    /// Rule JOB-110, job controller, "Ownership": a pod of another controller is never touched, even if it matches; a
    /// pod of an earlier Job of the same name has another owner uid and is not ours.
    static Claiming of(JobView job, List<PodView> candidates) {
        List<PodView> pods = new ArrayList<>(candidates.size());
        List<Change> changes = new ArrayList<>();
        for (PodView pod : candidates) {
            @Nullable OwnerView owner = pod.controller();
            if (owner == null) {
                if (adoptable(job, pod)) {
                    changes.add(new Change.AdoptPod(job.ref(), pod.ref()));
                    pods.add(pod.withTracking(true));
                }
            } else if (owner.uid().equals(job.meta().uid())) {
                if (matches(job, pod)) {
                    pods.add(pod);
                } else if (releasable(job)) {
                    changes.add(new Change.ReleasePod(job.ref(), pod.ref()));
                }
            }
        }
        return new Claiming(pods, changes);
    }

    /// Rule JOB-111, "Adopt": labels match, and neither Job nor pod is being deleted. Pods that have ended count too.
    private static boolean adoptable(JobView job, PodView pod) {
        return !job.meta().deleting() && !pod.deleting() && matches(job, pod);
    }

    /// Rule JOB-112, "Release": a pod whose labels no longer match is let go and replaced, and never counted.
    private static boolean releasable(JobView job) {
        return !job.meta().deleting();
    }

    private static boolean matches(JobView job, PodView pod) {
        return job.spec().selector().matches(pod.meta().labels());
    }
}
