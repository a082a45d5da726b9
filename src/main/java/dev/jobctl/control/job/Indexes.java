package dev.jobctl.control.job;

import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.control.job.PodFailures.Verdict;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodFailurePolicyView.Action;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where an Indexed Job stands. For a NonIndexed one all of it is empty.
///
/// @param running indexes of active pods, whatever they are worth
/// @param before completed as the status says, as far as still within completions
/// @param succeeded those, and the indexes of pods that have succeeded since
/// @param failed for good; null without backoffLimitPerIndex
/// @param kept with backoffLimitPerIndex: the failed pod that stays, by index, until its replacement exists
record Indexes(
        IndexSet running,
        IndexSet before,
        IndexSet succeeded,
        @Nullable IndexSet failed,
        Map<Integer, PodView> kept) {
    private static final Indexes NONE = new Indexes(IndexSet.EMPTY, IndexSet.EMPTY, IndexSet.EMPTY, null, Map.of());

    /// Rule JOB-304, elastic Indexed Jobs: what lies beyond completions is forgotten, successes and all; raised again,
    /// those indexes run again.
    static Indexes of(JobView job, List<PodView> pods, List<PodView> active, Creation creation) {
        JobSpecView spec = job.spec();
        if (!spec.indexed()) {
            return NONE;
        }
        IndexSet running = indexes(active, pod -> true);
        IndexSet before = job.status().completedIndexes().below(completions(spec));
        IndexSet lost = failedBefore(job);
        IndexSet succeeded = before.union(indexes(
                pods,
                pod -> pod.phase() == Phase.Succeeded
                        && pod.tracked()
                        && valid(pod, spec)
                        && !lost.contains(pod.index())));
        if (!spec.limitedPerIndex()) {
            return new Indexes(running, before, succeeded, null, Map.of());
        }
        IndexSet failed = failed(job, pods, succeeded);
        Map<Integer, PodView> kept =
                creation == Creation.OVER ? Map.of() : kept(spec, pods, running, succeeded.union(failed));
        return new Indexes(running, before, succeeded, failed, kept);
    }

    /// The number of indexes; 0 when an Indexed Job has none set.
    static int completions(JobSpecView spec) {
        return spec.completions() == null ? 0 : spec.completions();
    }

    /// Rule JOB-301: an Indexed Job's pod without an index below completions never counts.
    static boolean valid(PodView pod, JobSpecView spec) {
        return !spec.indexed() || (pod.index() != PodView.NO_INDEX && pod.index() < completions(spec));
    }

    /// The indexes of those pods that have one and are `meant`.
    static IndexSet indexes(List<PodView> pods, Predicate<PodView> meant) {
        List<Integer> indexes = new ArrayList<>(pods.size());
        for (PodView pod : pods) {
            if (pod.index() != PodView.NO_INDEX && meant.test(pod)) {
                indexes.add(pod.index());
            }
        }
        return IndexSet.of(indexes);
    }

    /// Rule JOB-420, backoffLimitPerIndex: an index fails when its failed pod is counted and had failed often enough
    /// before, or when action FailIndex says so. Failed indexes beyond completions are forgotten. What an index came to
    /// first stands, though an adopted pod may bring it along once more.
    private static IndexSet failed(JobView job, List<PodView> pods, IndexSet succeeded) {
        JobSpecView spec = job.spec();
        return failedBefore(job)
                .union(indexes(
                        pods,
                        pod -> pod.tracked()
                                && valid(pod, spec)
                                && endsIndex(pod, spec)
                                && !succeeded.contains(pod.index())));
    }

    private static IndexSet failedBefore(JobView job) {
        @Nullable IndexSet known = job.status().failedIndexes();
        return known == null ? IndexSet.EMPTY : known.below(completions(job.spec()));
    }

    private static boolean endsIndex(PodView pod, JobSpecView spec) {
        if (!PodFailures.failed(pod, spec)) {
            return false;
        }
        @Nullable Verdict verdict = PodFailures.judge(pod, spec);
        if (verdict != null && verdict.action() == Action.FailIndex) {
            return true;
        }
        boolean counted = verdict == null || verdict.action() != Action.Ignore;
        int limit = spec.backoffLimitPerIndex() == null ? Integer.MAX_VALUE : spec.backoffLimitPerIndex();
        return counted && pod.failureCount() >= limit;
    }

    /// Rule JOB-423: the last failed pod of an index that has no active pod and is neither done nor failed keeps its
    /// finalizer, for its annotations carry the failure count. Of several, the one with the most failures, unless it
    /// ended first. In a namespace that goes there is none: its replacement would never come, so it would hold the
    /// namespace for ever.
    private static Map<Integer, PodView> kept(
            JobSpecView spec, List<PodView> pods, IndexSet running, IndexSet settled) {
        Map<Integer, PodView> kept = new HashMap<>();
        for (PodView pod : pods) {
            boolean pending = pod.tracked()
                    && valid(pod, spec)
                    && PodFailures.failed(pod, spec)
                    && !running.contains(pod.index())
                    && !settled.contains(pod.index());
            if (pending) {
                kept.merge(pod.index(), pod, (last, next) -> follows(last, next) ? next : last);
            }
        }
        return kept;
    }

    private static boolean follows(PodView last, PodView next) {
        return failures(next) >= failures(last) && !next.finishTime().isBefore(last.finishTime());
    }

    /// Failures of its index before this pod, the ignored among them.
    static int failures(PodView pod) {
        return pod.failureCount() + pod.ignoredFailureCount();
    }
}
