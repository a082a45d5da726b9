package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What holds of one Job and its pods after every round.
final class RoundRules {
    private final Ledger ledger;
    private final Job job;
    private final JobStatus status;
    private final List<Pod> active;
    private final long terminating;
    private final Instant clock;

    private RoundRules(Ledger ledger, Instant clock) {
        this.ledger = ledger;
        this.clock = clock;
        job = ledger.job();
        status = job.getStatus();
        active = new ArrayList<>();
        int ending = 0;
        for (Pod pod : ledger.pods()) { // asked after every round: no stream
            if (PodFacts.active(pod)) {
                active.add(pod);
            }
            ending += PodFacts.terminating(pod) ? 1 : 0;
        }
        terminating = ending;
    }

    /// @param prompt the controller had no reason outside the Job to be late
    /// @param roomy nor to create fewer pods than it wanted
    static void check(Ledger ledger, Instant clock, boolean prompt, boolean roomy) {
        RoundRules rules = new RoundRules(ledger, clock);
        if (JobFacts.managedElsewhere(rules.job)) {
            Violation.unless(
                    ledger.pods().isEmpty() && rules.status.getUncountedTerminatedPods() == null,
                    "managed elsewhere is left alone",
                    "%s",
                    rules.status);
            return;
        }
        rules.finalizers();
        if (!JobFacts.deleting(rules.job)) {
            rules.counted();
        }
        if (JobFacts.finished(rules.job)) {
            rules.finished();
            return;
        }
        rules.running();
        if (!JobFacts.ends(rules.job) && !JobFacts.deleting(rules.job)) {
            rules.goingOn(prompt, roomy);
        }
    }

    /// Nobody who is counted, or will never be, keeps the finalizer; with backoffLimitPerIndex the last failed pod of
    /// an index that goes on does.
    private void finalizers() {
        for (Pod pod : ledger.pods()) {
            if (!PodFacts.tracked(pod)) {
                continue;
            }
            boolean ends = JobFacts.ends(job) || JobFacts.deleting(job);
            Violation.unless(!ends, "no finalizer when it ends", "%s has it", PodFacts.name(pod));
            boolean over = PodFacts.ended(pod) || (PodFacts.deleting(pod) && !JobFacts.waitsForEnd(job.getSpec()));
            boolean kept = JobFacts.perIndex(job)
                    && pod.equals(ledger.kept(PodFacts.index(pod)))
                    && pending(PodFacts.index(pod));
            Violation.unless(!over || kept, "nothing is lost", "%s is over and not counted", PodFacts.name(pod));
        }
    }

    private boolean pending(int index) {
        return !ledger.completed().contains(index)
                && !ledger.failedIndexes().contains(index)
                && active.stream().noneMatch(pod -> PodFacts.index(pod) == index);
    }

    private void counted() {
        @Nullable UncountedTerminatedPods uncounted = status.getUncountedTerminatedPods();
        Violation.unless(
                uncounted == null
                        || (uncounted.getSucceeded().isEmpty()
                                && uncounted.getFailed().isEmpty()),
                "nothing is lost",
                "uncounted: %s",
                uncounted);
        equal("succeeded is exact", ledger.succeeded(), JobFacts.orZero(status.getSucceeded()));
        equal("failed is exact", ledger.failed(), JobFacts.orZero(status.getFailed()));
        if (JobFacts.indexed(job)) {
            String shown = Objects.requireNonNullElse(status.getCompletedIndexes(), "");
            equal("completedIndexes is exact", JobFacts.intervals(ledger.completed()), shown);
        }
        if (JobFacts.perIndex(job) && status.getUncountedTerminatedPods() != null) {
            String shown = Objects.requireNonNullElse(status.getFailedIndexes(), "none");
            equal("failedIndexes is exact", JobFacts.intervals(ledger.failedIndexes()), shown);
        }
    }

    private void equal(String rule, Object books, Object shown) {
        Violation.unless(books.equals(shown), rule, "books say %s, %s", books, status);
    }

    private void finished() {
        Violation.unless(
                active.isEmpty() && terminating == 0,
                "finished has no pods",
                "%s run, %s end",
                active.size(),
                terminating);
        if (JobFacts.has(job, "Complete") && "CompletionsReached".equals(reason("Complete"))) {
            @Nullable Integer completions = ledger.leastCompletions();
            boolean exact = completions == null
                    ? ledger.succeeded() > 0
                    : JobFacts.indexed(job)
                            ? ledger.completed().headSet(completions).size() == completions
                            : ledger.succeeded() >= completions;
            Violation.unless(exact, "completions are exact", "%s of %s", ledger.succeeded(), completions);
        }
    }

    private @Nullable String reason(String type) {
        var condition = JobFacts.condition(status, type);
        return condition == null ? null : condition.getReason();
    }

    private void running() {
        equal("active is exact", active.size(), JobFacts.orZero(status.getActive()));
        equal(
                "ready is exact",
                (int) active.stream().filter(PodFacts::ready).count(),
                JobFacts.orZero(status.getReady()));
        equal("terminating is exact", (int) terminating, JobFacts.orZero(status.getTerminating()));
        if (JobFacts.ends(job)) {
            Violation.unless(active.isEmpty(), "an ending Job has no active pods", "%s run", active.size());
        }
    }

    private void goingOn(boolean prompt, boolean roomy) {
        if (JobFacts.suspended(job)) {
            Violation.unless(active.isEmpty(), "suspended has no active pods", "%s run", active.size());
            Violation.unless(JobFacts.has(job, "Suspended"), "suspended says so", "%s", status);
            return;
        }
        Violation.unless(!JobFacts.has(job, "Suspended"), "resumed says so", "%s", status);
        JobSpec spec = job.getSpec();
        boolean queueIsDone = spec.getCompletions() == null && ledger.succeeded() > 0;
        int allowed = spec.getCompletions() == null
                ? spec.getParallelism()
                : Math.min(spec.getParallelism(), Math.max(0, spec.getCompletions() - ledger.succeeded()));
        Violation.unless(
                queueIsDone || active.size() <= allowed,
                "never more active than allowed",
                "%s, not %s",
                active.size(),
                allowed);
        int places = active.size() + (JobFacts.waitsForEnd(spec) ? (int) terminating : 0);
        Violation.unless(
                ledger.created().isEmpty() || places <= allowed,
                "no replacement before the end",
                "%s active, %s terminating, not %s",
                active.size(),
                terminating,
                allowed);
        if (JobFacts.indexed(job)) {
            indexes();
        }
        Violation.unless(
                ledger.failed() <= spec.getBackoffLimit(), "backoffLimit ends the Job", "%s failed", ledger.failed());
        if (prompt) {
            Violation.unless(
                    !roomy || queueIsDone || places >= allowed || waiting(allowed - places),
                    "nobody is forgotten",
                    "%s of %s run",
                    places,
                    allowed);
            deadline();
        }
    }

    private void indexes() {
        Set<Integer> running = new HashSet<>();
        for (Pod pod : active) {
            int index = PodFacts.index(pod);
            Violation.unless(JobFacts.validIndex(job, pod), "indexes are valid", "%s runs", PodFacts.name(pod));
            Violation.unless(running.add(index), "each index once", "two pods run for %s", index);
            boolean again = ledger.completed().contains(index) && !ledger.adopted(index);
            Violation.unless(!again, "each index once", "%s runs though done", index);
        }
        for (Pod pod : ledger.created()) {
            for (int lower = 0; lower < PodFacts.index(pod); lower++) {
                Violation.unless(
                        !free(lower) || running.contains(lower) || clock.isBefore(ledger.due(lower)),
                        "lowest index first",
                        "%s before %s",
                        PodFacts.name(pod),
                        lower);
            }
        }
    }

    private boolean free(int index) {
        boolean stillEnding = JobFacts.waitsForEnd(job.getSpec())
                && ledger.pods().stream().anyMatch(pod -> PodFacts.index(pod) == index && PodFacts.terminating(pod));
        return !ledger.completed().contains(index) && !ledger.failedIndexes().contains(index) && !stillEnding;
    }

    /// Whether there is a reason for missing pods: back-off; with backoffLimitPerIndex, that of each of the lowest
    /// indexes whose turn it is.
    private boolean waiting(int missing) {
        if (!JobFacts.indexed(job)) {
            return clock.isBefore(ledger.due(-1));
        }
        int turns = missing;
        for (int index = 0; index < JobFacts.orZero(job.getSpec().getCompletions()) && turns > 0; index++) {
            int at = index;
            if (free(index) && active.stream().noneMatch(pod -> PodFacts.index(pod) == at)) {
                turns--;
                if (!clock.isBefore(ledger.due(index))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void deadline() {
        @Nullable Long seconds = job.getSpec().getActiveDeadlineSeconds();
        @Nullable String start = status.getStartTime();
        if (seconds != null && start != null) {
            Instant deadline = PodFacts.time(start).plusSeconds(seconds);
            Violation.unless(clock.isBefore(deadline), "deadline ends the Job", "%s at %s", deadline, clock);
        }
    }
}
