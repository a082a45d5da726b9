package dev.jobctl.control.job;

import dev.jobctl.control.Change;
import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.control.job.PodFailures.Verdict;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.PodFailurePolicyView.Action;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many pods run: creates the missing, deletes the surplus, never both in one decision.
///
/// @param active after the changes; likewise ready and terminating
/// @param wakeAt when a pod that must wait may be created, null for none
record Population(
        List<Change> changes,
        int active,
        int ready,
        int terminating,
        @Nullable Instant wakeAt) {

    /// Rule JOB-210, "Managing pods".
    static Population manage(Scene scene, JobMemory memory, JobSettings settings, Creation creation, Instant now) {
        if (scene.spec().suspended()) {
            return remove(scene, scene.active());
        }
        int wanted = wanted(scene);
        int surplus = Math.max(0, scene.active().size() - wanted);
        List<PodView> misfits = Removal.choose(scene, surplus);
        if (!misfits.isEmpty()) {
            return remove(scene, misfits.subList(0, Math.min(misfits.size(), settings.maxPodsPerDecision())));
        }
        int missing = wanted - stillThere(scene) - scene.active().size();
        if (missing <= 0 || creation != Creation.ALLOWED) {
            return unchanged(scene, null);
        }
        return new Creating(scene, memory, settings, now).create(Math.min(missing, settings.maxPodsPerDecision()));
    }

    /// Rule JOB-430, podReplacementPolicy Failed: a pod that is terminating keeps its place until it has ended.
    private static int stillThere(Scene scene) {
        return scene.spec().replaceOnlyFailed() ? scene.terminating() : 0;
    }

    static Population unchanged(Scene scene, @Nullable Instant wakeAt) {
        return new Population(List.of(), scene.active().size(), scene.ready(), scene.terminating(), wakeAt);
    }

    /// Rule JOB-211: a work queue wants parallelism pods until one succeeded, then only those that run; a Job with
    /// completions wants no more than remain.
    private static int wanted(Scene scene) {
        JobSpecView spec = scene.spec();
        @Nullable Integer completions = spec.completions();
        if (completions == null) {
            return scene.succeeded() > 0 ? scene.active().size() : spec.parallelism();
        }
        return Math.max(0, Math.min(spec.parallelism(), completions - scene.succeeded()));
    }

    /// Rule JOB-212: removed by suspension or scale-down, a pod loses its finalizer before it is deleted, so that it is
    /// never counted, however it ends.
    private static Population remove(Scene scene, List<PodView> pods) {
        return delete(scene, pods, true);
    }

    /// Rule JOB-125, "Outcome present": every active pod is deleted with its finalizer on, so that it can be counted.
    static Population end(Scene scene) {
        return delete(scene, scene.active(), false);
    }

    private static Population delete(Scene scene, List<PodView> pods, boolean uncounted) {
        List<Change> changes = new ArrayList<>(pods.size());
        int ready = scene.ready();
        for (PodView pod : pods) {
            changes.add(new Change.DeletePod(scene.job().ref(), pod.ref(), uncounted));
            ready -= pod.ready() ? 1 : 0;
        }
        int active = scene.active().size() - pods.size();
        return new Population(changes, active, ready, scene.terminating() + pods.size(), null);
    }

    /// The creating half.
    private record Creating(Scene scene, JobMemory memory, JobSettings settings, Instant now) {
        Population create(int count) {
            JobSpecView spec = scene.spec();
            if (spec.limitedPerIndex()) {
                return perIndex(pending(count));
            }
            Instant allowed = PodBackoff.creationAllowedAt(memory, settings.podBackoff());
            if (now.isBefore(allowed)) {
                return unchanged(scene, allowed);
            }
            List<Change> changes = new ArrayList<>(count);
            if (spec.indexed()) {
                pending(count).forEach(index -> changes.add(pod(index, null, null)));
            } else {
                for (int i = 0; i < count; i++) {
                    changes.add(pod(null, null, null));
                }
            }
            return created(changes, null);
        }

        /// Rule JOB-302: the lowest indexes not done, not running, not failed and, where only failed pods are
        /// replaced, not terminating.
        private IndexSet pending(int count) {
            IndexSet taken = scene.indexes().succeeded().union(scene.indexes().running());
            if (scene.spec().replaceOnlyFailed()) {
                taken = taken.union(Indexes.indexes(scene.pods(), PodView::terminating));
            }
            @Nullable IndexSet failed = scene.indexes().failed();
            taken = failed == null ? taken : taken.union(failed);
            return taken.missing(Indexes.completions(scene.spec()), count);
        }

        /// Rule JOB-421: the first pod of an index has failure count 0, a replacement one more than the pod it
        /// replaces; indexes still in back-off are left out, each waits for itself.
        private Population perIndex(IndexSet pending) {
            List<Change> changes = new ArrayList<>();
            List<Instant> waits = new ArrayList<>();
            pending.forEach(index -> {
                @Nullable PodView before = scene.indexes().kept().get(index);
                if (before == null) {
                    changes.add(pod(index, 0, 0));
                    return;
                }
                Instant allowed = PodBackoff.creationAllowedAt(before, settings.podBackoff());
                if (now.isBefore(allowed)) {
                    waits.add(allowed);
                } else {
                    changes.add(replacement(index, before));
                }
            });
            return created(changes, waits.stream().min(Instant::compareTo).orElse(null));
        }

        private Change replacement(int index, PodView before) {
            @Nullable Verdict verdict = PodFailures.judge(before, scene.spec());
            boolean ignored = verdict != null && verdict.action() == Action.Ignore;
            return pod(
                    index, before.failureCount() + (ignored ? 0 : 1), before.ignoredFailureCount() + (ignored ? 1 : 0));
        }

        private Change pod(@Nullable Integer index, @Nullable Integer failures, @Nullable Integer ignored) {
            return new Change.CreatePod(scene.job().ref(), index, failures, ignored);
        }

        private Population created(List<Change> changes, @Nullable Instant wakeAt) {
            int active = scene.active().size() + changes.size();
            return new Population(changes, active, scene.ready(), scene.terminating(), wakeAt);
        }
    }
}
