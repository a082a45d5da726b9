package dev.jobctl.control.job;

import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobStatusView.Uncounted;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one decision is made from: the Job, its pods sorted into kinds, and the counts that the limits look at.
///
/// The pods that an earlier decision wrote into status.uncountedTerminatedPods are settled here: they go into the
/// counters of `job.status` and lose their finalizer in the same transaction, so no pod is ever counted twice or lost.
///
/// @param job its status with empty uncountedTerminatedPods, those pods being in the counters
/// @param settled pods of that list that still have the finalizer: it goes now
/// @param pods the Job's pods; those settled are no longer tracked
/// @param active neither ended nor being deleted
/// @param ready active ones that are ready
/// @param terminating being deleted and not ended
/// @param newlySucceeded tracked and not in any counter yet; Indexed: with a valid index
/// @param newlyFailed likewise
/// @param succeeded all successes, new ones among them; Indexed: completed indexes
/// @param failed all counted failures, new ones that are not ignored among them
record Scene(
        JobView job,
        List<PodView> settled,
        List<PodView> pods,
        List<PodView> active,
        int ready,
        int terminating,
        List<PodView> newlySucceeded,
        List<PodView> newlyFailed,
        int succeeded,
        int failed,
        Indexes indexes) {

    /// Rule JOB-101, "One sync, step by step", 8 to 10.
    static Scene of(JobView stored, List<PodView> claimed, Creation creation) {
        @Nullable Uncounted uncounted = stored.status().uncounted();
        List<PodView> settled = new ArrayList<>();
        List<PodView> pods = claimed;
        JobView job = stored;
        if (uncounted != null && !uncounted.isEmpty()) {
            pods = settle(claimed, uncounted, settled);
            job = new JobView(stored.meta(), stored.spec(), counted(stored.status(), uncounted));
        }
        return sort(job, settled, pods, creation);
    }

    private static List<PodView> settle(List<PodView> claimed, Uncounted uncounted, List<PodView> settled) {
        Set<String> uids = new HashSet<>(uncounted.succeeded());
        uids.addAll(uncounted.failed());
        List<PodView> pods = new ArrayList<>(claimed.size());
        for (PodView pod : claimed) {
            boolean done = pod.tracked() && uids.contains(pod.uid());
            if (done) {
                settled.add(pod);
            }
            pods.add(done ? pod.withTracking(false) : pod);
        }
        return pods;
    }

    /// Rule JOB-150, "Status write and finalizer removal": what was uncounted goes into the counters. An Indexed Job
    /// counts its successes by index, so a UID there adds nothing.
    private static JobStatusView counted(JobStatusView status, Uncounted uncounted) {
        return new JobStatusView(
                status.conditions(),
                status.startTime(),
                status.completionTime(),
                status.active(),
                status.ready(),
                status.terminating(),
                status.succeeded() + uncounted.succeeded().size(),
                status.failed() + uncounted.failed().size(),
                status.completedIndexes(),
                status.failedIndexes(),
                Uncounted.NONE);
    }

    private static Scene sort(JobView job, List<PodView> settled, List<PodView> pods, Creation creation) {
        JobSpecView spec = job.spec();
        List<PodView> active = new ArrayList<>();
        List<PodView> newlySucceeded = new ArrayList<>();
        List<PodView> newlyFailed = new ArrayList<>();
        int ready = 0;
        int terminating = 0;
        int ignored = 0;
        for (PodView pod : pods) {
            if (pod.active()) {
                active.add(pod);
                ready += pod.ready() ? 1 : 0;
                continue;
            }
            terminating += pod.terminating() ? 1 : 0;
            if (!pod.tracked() || !Indexes.valid(pod, spec)) {
                continue;
            }
            if (pod.phase() == Phase.Succeeded) {
                newlySucceeded.add(pod);
            } else if (PodFailures.failed(pod, spec)) {
                newlyFailed.add(pod);
                ignored += PodFailures.ignored(pod, spec) ? 1 : 0;
            }
        }
        Indexes indexes = Indexes.of(job, pods, active, creation);
        int succeeded =
                spec.indexed() ? indexes.succeeded().size() : job.status().succeeded() + newlySucceeded.size();
        int failed = job.status().failed() + newlyFailed.size() - ignored;
        return new Scene(
                job,
                settled,
                pods,
                active,
                ready,
                terminating,
                newlySucceeded,
                newlyFailed,
                succeeded,
                failed,
                indexes);
    }

    JobSpecView spec() {
        return job.spec();
    }

    JobStatusView status() {
        return job.status();
    }
}
