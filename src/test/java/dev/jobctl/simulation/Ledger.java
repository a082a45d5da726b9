package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The books of one Job, kept from what a watch shows of it and its pods: what each pod came to, which indexes are
/// done,
/// which wait is due. Nobody asks the controller.
///
/// A pod comes to something when it stops being tracked (its finalizer, its owner or itself goes), by what it was just
/// before: succeeded, failed, or neither, when it was taken away uncounted.
final class Ledger {
    private static final Duration BACKOFF = Duration.ofSeconds(10);
    private static final Duration BACKOFF_CAP = Duration.ofMinutes(6);

    private final Predicate<Pod> deletedByOthers;
    /// Those that neither had ended nor were judged when the failure was announced, as they were then.
    private final Map<String, Pod> killed = new HashMap<>();
    private final Set<Integer> adoptedIndexes = new HashSet<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final SortedSet<Integer> completed = new TreeSet<>();
    private final SortedSet<Integer> failedIndexes = new TreeSet<>();
    private final Map<Integer, Integer> failuresOfIndex = new HashMap<>();
    private final List<Pod> created = new ArrayList<>();
    private Job job;
    private int succeeded;
    private int failed;
    private @Nullable Integer leastCompletions;

    private final Map<String, Pod> justEnded = new LinkedHashMap<>();
    private int failuresInARow;
    private @Nullable Instant lastFailure;

    /// @param deletedByOthers whether a pod that is being deleted is so by a user or for its node's sake, not by the
    ///     Job controller
    Ledger(Job job, Predicate<Pod> deletedByOthers) {
        this.job = job;
        this.deletedByOthers = deletedByOthers;
    }

    Job job() {
        return job;
    }

    Collection<Pod> pods() {
        return pods.values();
    }

    int succeeded() {
        return JobFacts.indexed(job) ? completed.size() : succeeded;
    }

    int failed() {
        return failed;
    }

    SortedSet<Integer> completed() {
        return completed;
    }

    SortedSet<Integer> failedIndexes() {
        return failedIndexes;
    }

    /// The lowest that completions have been since the end was announced. An Indexed Job may still be resized then:
    /// what lies beyond is forgotten, as always, and is not run again when they are raised, for success is final.
    @Nullable
    Integer leastCompletions() {
        return leastCompletions;
    }

    /// Pods created since the round began.
    List<Pod> created() {
        return created;
    }

    void begin() {
        created.clear();
    }

    // --- the Job

    /// A new version; one that differs in status is the controller's, and ends what it has looked at.
    void jobChanged(Job now) {
        Job before = job;
        job = now;
        if (!Objects.equals(before.getStatus(), now.getStatus())) {
            Backlog next = backlog();
            failuresInARow = next.failures();
            lastFailure = next.last();
            justEnded.clear();
        }
        if (JobFacts.has(now, "FailureTarget") && !JobFacts.has(before, "FailureTarget")) {
            pods().stream()
                    .filter(pod -> PodFacts.tracked(pod) && !judged(pod))
                    .forEach(pod -> killed.put(PodFacts.uid(pod), pod));
        }
        @Nullable Integer completionsNow = job.getSpec().getCompletions();
        boolean lower = completionsNow != null && leastCompletions != null && completionsNow < leastCompletions;
        if (!JobFacts.ends(before) || lower) {
            leastCompletions = completionsNow;
        }
        if (!JobFacts.finished(job) && JobFacts.indexed(job)) {
            int completions = JobFacts.orZero(job.getSpec().getCompletions());
            completed.removeIf(index -> index >= completions);
            failedIndexes.removeIf(index -> index >= completions);
            failuresOfIndex.keySet().removeIf(index -> index >= completions);
        }
    }

    // --- its pods

    void podChanged(@Nullable Pod before, @Nullable Pod now) {
        @Nullable Pod mine = before != null && isMine(before) ? before : null;
        boolean was = mine != null;
        boolean is = now != null && isMine(now);
        if (is && before == null) {
            born(Objects.requireNonNull(now));
        } else if (is && !was) {
            adopt(Objects.requireNonNull(before), Objects.requireNonNull(now));
        }
        boolean stillTracked = is && now != null && PodFacts.tracked(now);
        if (mine != null && PodFacts.tracked(mine) && !stillTracked) {
            settle(mine, now != null && !JobFacts.selects(job, now));
        }
        if (is) {
            follow(before, Objects.requireNonNull(now));
        } else if (mine != null) {
            pods.remove(PodFacts.uid(mine));
        }
    }

    /// Owned, and still selected: one whose labels were changed is as good as gone.
    private boolean isMine(Pod pod) {
        return job.getMetadata().getUid().equals(PodFacts.owner(pod)) && JobFacts.selects(job, pod);
    }

    private void follow(@Nullable Pod before, Pod now) {
        String uid = PodFacts.uid(now);
        pods.put(uid, now);
        boolean newlyEnded = before == null || !over(before) || !PodFacts.tracked(before) || !isMine(before);
        if (PodFacts.tracked(now) && over(now) && (newlyEnded || justEnded.containsKey(uid))) {
            justEnded.put(uid, now);
        }
    }

    /// Whether it takes its place among the failed or succeeded.
    private boolean over(Pod pod) {
        return PodFacts.ended(pod) || (PodFacts.deleting(pod) && !JobFacts.waitsForEnd(job.getSpec()));
    }

    /// @param released somebody took its labels away
    private void settle(Pod last, boolean released) {
        if (PodFacts.active(last) || released) {
            justEnded.remove(PodFacts.uid(last));
        }
        if (!JobFacts.validIndex(job, last)) {
            return;
        }
        int index = PodFacts.index(last);
        if (released) {
            failuresOfIndex.remove(index);
            return;
        }
        if (PodFacts.succeeded(last)) {
            if (JobFacts.indexed(job)) {
                if (!failedIndexes.contains(index)) {
                    completed.add(index);
                }
            } else {
                succeeded++;
            }
            return;
        }
        @Nullable Pod whenKilled = killed.get(PodFacts.uid(last));
        if (whenKilled == null && !judged(last)) {
            failuresOfIndex.remove(index);
            return;
        }
        String verdict = JobFacts.verdict(job, whenKilled == null ? last : whenKilled);
        if (!verdict.equals("Ignore")) {
            failed++;
        }
        if (JobFacts.perIndex(job) && whenKilled == null) {
            indexFailed(last, index, verdict);
        }
    }

    /// Whether it counts as failed by itself, not because the Job has.
    private boolean judged(Pod pod) {
        return PodFacts.failed(pod)
                || (PodFacts.deleting(pod) && !JobFacts.waitsForEnd(job.getSpec()) && deletedByOthers.test(pod));
    }

    private void indexFailed(Pod last, int index, String verdict) {
        failuresOfIndex.put(index, PodFacts.failures(last) + PodFacts.ignoredFailures(last) + 1);
        boolean limit = PodFacts.failures(last) >= job.getSpec().getBackoffLimitPerIndex();
        if (!completed.contains(index) && (verdict.equals("FailIndex") || (!verdict.equals("Ignore") && limit))) {
            failedIndexes.add(index);
        }
    }

    // --- back-off

    /// Failures since the last success and when the last of them ended, with what the controller has not looked at yet.
    private record Backlog(int failures, @Nullable Instant last) {
        Instant due() {
            return last == null ? Instant.MIN : last.plus(delay(failures));
        }
    }

    private Backlog backlog() {
        if (justEnded.isEmpty()) {
            return new Backlog(failuresInARow, lastFailure);
        }
        List<Pod> valid = justEnded.values().stream()
                .filter(pod -> JobFacts.validIndex(job, pod))
                .toList();
        @Nullable
        Instant success = valid.stream()
                .filter(PodFacts::succeeded)
                .map(PodFacts::finish)
                .max(Instant::compareTo)
                .orElse(null);
        List<Instant> failures = valid.stream()
                .filter(pod -> !PodFacts.succeeded(pod))
                .map(PodFacts::finish)
                .filter(finish -> success == null || finish.isAfter(success))
                .toList();
        @Nullable Instant last = failures.stream().max(Instant::compareTo).orElse(null);
        if (success != null) {
            return new Backlog(failures.size(), last);
        }
        return last == null
                ? new Backlog(failuresInARow, lastFailure)
                : new Backlog(failuresInARow + failures.size(), last);
    }

    private static Duration delay(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = BACKOFF.multipliedBy(1L << Math.min(10, failures - 1));
        return delay.compareTo(BACKOFF_CAP) > 0 ? BACKOFF_CAP : delay;
    }

    /// When the next pod may be created; null index: any.
    Instant due(int index) {
        if (!JobFacts.perIndex(job)) {
            return backlog().due();
        }
        @Nullable Pod kept = kept(index);
        return kept == null
                ? Instant.MIN
                : PodFacts.finish(kept).plus(delay(PodFacts.failures(kept) + PodFacts.ignoredFailures(kept) + 1));
    }

    /// The failed pod that stands for an index until its replacement is there: of several the one with most failures.
    @Nullable
    Pod kept(int index) {
        @Nullable Pod kept = null;
        for (Pod pod : pods()) {
            boolean stands =
                    PodFacts.index(pod) == index && PodFacts.tracked(pod) && over(pod) && !PodFacts.succeeded(pod);
            if (stands && (kept == null || follows(kept, pod))) {
                kept = pod;
            }
        }
        return kept;
    }

    private static boolean follows(Pod kept, Pod pod) {
        return failures(pod) >= failures(kept) && !PodFacts.finish(pod).isBefore(PodFacts.finish(kept));
    }

    private static int failures(Pod pod) {
        return PodFacts.failures(pod) + PodFacts.ignoredFailures(pod);
    }

    // --- births

    private void born(Pod pod) {
        created.add(pod);
        String name = PodFacts.name(pod);
        Violation.unless(PodFacts.tracked(pod), "created with finalizer", "%s", name);
        boolean wanted = !JobFacts.ends(job) && !JobFacts.suspended(job) && !JobFacts.deleting(job);
        Violation.unless(wanted, "no pod that is not wanted", "%s of %s", name, job.getStatus());
        if (job.getSpec().getCompletions() == null) {
            boolean success = succeeded > 0
                    || pods().stream().anyMatch(other -> PodFacts.tracked(other) && PodFacts.succeeded(other));
            Violation.unless(!success, "work queue after a success", "%s was created", name);
        }
        if (JobFacts.indexed(job)) {
            bornWithIndex(pod, name);
        }
    }

    private void bornWithIndex(Pod pod, String name) {
        int index = PodFacts.index(pod);
        Violation.unless(JobFacts.validIndex(job, pod), "indexes are valid", "%s has %s", name, index);
        Violation.unless(!completed.contains(index), "each index once", "%s after its success", name);
        Violation.unless(!failedIndexes.contains(index), "each index once", "%s after its failure", name);
        if (!JobFacts.perIndex(job)) {
            return;
        }
        @Nullable Pod kept = kept(index);
        boolean ignored = kept != null && JobFacts.verdict(job, kept).equals("Ignore");
        int failures = kept == null ? 0 : PodFacts.failures(kept) + (ignored ? 0 : 1);
        int ignoredFailures = kept == null ? 0 : PodFacts.ignoredFailures(kept) + (ignored ? 1 : 0);
        Violation.unless(
                PodFacts.countsFailures(pod)
                        && PodFacts.failures(pod) == failures
                        && PodFacts.ignoredFailures(pod) == ignoredFailures,
                "failures of an index add up",
                "%s says %s and %s ignored instead of %s and %s",
                name,
                PodFacts.failures(pod),
                PodFacts.ignoredFailures(pod),
                failures,
                ignoredFailures);
        Violation.unless(
                failuresOfIndex.getOrDefault(index, 0) <= failures + ignoredFailures,
                "failures of an index add up",
                "%s forgot some of %s",
                name,
                failuresOfIndex.get(index));
    }

    /// To be asked when a pod is seen for the first time, before anything else of it is.
    void checkWait(Pod newborn, Instant clock) {
        Instant due = due(PodFacts.index(newborn));
        Violation.unless(
                !clock.isBefore(due),
                "back-off is never shorter",
                "%s at %s before %s",
                PodFacts.name(newborn),
                clock,
                due);
    }

    /// Whether a pod came from elsewhere with this index; then there may be two, and one may run on after the other's
    /// success.
    boolean adopted(int index) {
        return adoptedIndexes.contains(index);
    }

    private void adopt(Pod before, Pod now) {
        if (JobFacts.has(job, "FailureTarget") && !judged(now)) {
            killed.put(PodFacts.uid(now), now);
        }
        adoptedIndexes.add(PodFacts.index(before));
        if (job.getMetadata().getUid().equals(PodFacts.owner(before))) {
            return; // its labels came back before it was released
        }
        Violation.unless(
                PodFacts.owner(before) == null && !PodFacts.deleting(before) && !JobFacts.deleting(job),
                "adopts orphans only",
                "%s",
                PodFacts.name(before));
    }
}
