package dev.jobctl.control.job;

import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobStatusView.Uncounted;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which pods are accounted for now, and how.
///
/// The real controller writes a finished pod's UID into uncountedTerminatedPods, then removes the finalizer, then
/// counts: three writes that may each be lost. Here a pod's counting and the removal of its finalizer are one
/// transaction, which would make that list needless. It is still written, one decision earlier, because clients of the
/// API see it there: a finished pod shows first in uncountedTerminatedPods, together with the interim condition if it
/// ends the Job, and in the next version in the counters, together with the terminal condition.
///
/// @param uncounted UIDs that the next decision moves into the counters
/// @param completed completed indexes, the new ones included, also those of pods beyond the bound
/// @param free pods that nothing remains to be counted of: they lose their finalizer at once
/// @param succeeded new successes accounted for, for the back-off; likewise failed
/// @param whole false when the bound on entries was met: the Job cannot finish yet
record Accounting(
        Uncounted uncounted,
        IndexSet completed,
        List<PodView> free,
        List<PodView> succeeded,
        List<PodView> failed,
        boolean whole) {

    /// Rule JOB-151. `ending` is the interim condition that the Job has or gets now, null while it goes on.
    static Accounting of(Scene scene, @Nullable ConditionView ending, int maxEntries) {
        Walk walk = new Walk(scene, ending);
        List<PodView> pods = new ArrayList<>();
        for (PodView pod : scene.pods()) {
            if (pod.tracked() && walk.released(pod)) {
                pods.add(pod);
            }
        }
        if (scene.spec().indexed()) {
            pods.sort(Comparator.comparingInt(PodView::index));
        }
        boolean whole = true;
        for (PodView pod : pods) {
            walk.account(pod);
            if (walk.entries() >= maxEntries) {
                whole = false;
                break;
            }
        }
        return walk.result(whole);
    }

    /// Collects the entries. Owned by one call.
    private static final class Walk {
        private final Scene scene;
        private final boolean ending;
        private final boolean failing;
        private final List<String> succeededUids = new ArrayList<>();
        private final List<String> failedUids = new ArrayList<>();
        private final List<PodView> free = new ArrayList<>();
        private final List<PodView> succeeded = new ArrayList<>();
        private final List<PodView> failed = new ArrayList<>();
        private int newIndexes;

        Walk(Scene scene, @Nullable ConditionView ending) {
            this.scene = scene;
            this.ending = ending != null;
            this.failing = ending != null && ending.type().equals(Ending.FAILURE_TARGET);
        }

        int entries() {
            return succeededUids.size() + failedUids.size() + newIndexes;
        }

        /// Rule JOB-152, "A finalizer may be removed when": Job deleted, outcome set, pod succeeded, or failed and not
        /// the one kept for its index.
        boolean released(PodView pod) {
            if (scene.job().meta().deleting() || ending || pod.phase() == Phase.Succeeded) {
                return true;
            }
            return PodFailures.failed(pod, scene.spec())
                    && !pod.equals(scene.indexes().kept().get(pod.index()));
        }

        void account(PodView pod) {
            boolean valid = Indexes.valid(pod, scene.spec());
            boolean hasFailed = PodFailures.failed(pod, scene.spec());
            if (pod.phase() == Phase.Succeeded) {
                succeed(pod, valid);
            } else if (valid && (hasFailed || failing) && !PodFailures.ignored(pod, scene.spec())) {
                failedUids.add(pod.uid());
            } else {
                free.add(pod);
            }
            if (valid && hasFailed) {
                failed.add(pod);
            }
        }

        private void succeed(PodView pod, boolean valid) {
            if (valid) {
                succeeded.add(pod);
            }
            if (!scene.spec().indexed()) {
                succeededUids.add(pod.uid());
                return;
            }
            free.add(pod);
            boolean counts = scene.indexes().succeeded().contains(pod.index());
            newIndexes += valid && counts && !scene.indexes().before().contains(pod.index()) ? 1 : 0;
        }

        Accounting result(boolean whole) {
            Uncounted uncounted = succeededUids.isEmpty() && failedUids.isEmpty()
                    ? Uncounted.NONE
                    : new Uncounted(succeededUids, failedUids);
            return new Accounting(uncounted, scene.indexes().succeeded(), free, succeeded, failed, whole);
        }
    }
}
