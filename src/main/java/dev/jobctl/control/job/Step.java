package dev.jobctl.control.job;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobStatusView.Uncounted;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One decision about one unfinished Job. Owned by one call of `decide`.
///
/// The order is that of the real controller: claim pods, count, look for an outcome, then either end the pods or manage
/// them, then conditions, then the status and the finalizers.
final class Step {
    private final JobView job;
    private final JobMemory memory;
    private final Creation creation;
    private final JobSettings settings;
    private final Instant now;
    private final Claiming claiming;
    private final Scene scene;
    private final List<EventDraft> events = new ArrayList<>();

    private List<ConditionView> conditions;
    private @Nullable Instant startTime;
    private @Nullable Instant completionTime;

    Step(JobInput input, JobSettings settings, Instant now) {
        this.job = input.job();
        this.memory = input.memory();
        this.creation = input.creation();
        this.settings = settings;
        this.now = now;
        this.claiming = Claiming.of(job, input.pods());
        this.scene = Scene.of(job, claiming.pods(), creation);
        this.conditions = job.status().conditions();
        this.startTime = job.status().startTime();
        this.completionTime = job.status().completionTime();
    }

    Decision decide() {
        if (startTime == null && !job.spec().suspended()) {
            startTime = now;
        }
        @Nullable Instant started = resuming() ? now : startTime;
        @Nullable ConditionView ending = Ending.of(scene, started, now);
        Population population = ending != null ? Population.end(scene) : manage();
        if (ending == null && complete(population)) {
            ending = new ConditionView(
                    Ending.SUCCESS_CRITERIA_MET,
                    "True",
                    "CompletionsReached",
                    "Reached expected number of succeeded pods",
                    now);
        }
        if (ending == null && !job.meta().deleting()) {
            suspendOrResume();
        }
        Accounting accounting = Accounting.of(scene, ending, settings.maxUncounted());
        if (ending != null) {
            end(ending, population, accounting);
        }
        @Nullable Instant deadline = ending != null ? null : Ending.deadline(job.spec(), started);
        return decision(population, accounting, earlier(population.wakeAt(), deadline));
    }

    /// Rule JOB-170: a Job that is being deleted creates and deletes nothing any more.
    private Population manage() {
        if (job.meta().deleting()) {
            return Population.unchanged(scene, null);
        }
        JobMemory fresh = PodBackoff.after(memory, scene.newlySucceeded(), scene.newlyFailed());
        return Population.manage(scene, fresh, settings, creation, now);
    }

    /// Rule JOB-121: a work queue is complete with a success and nothing running, a Job with completions when it has
    /// them and nothing is running.
    private boolean complete(Population population) {
        @Nullable Integer completions = job.spec().completions();
        boolean enough = completions == null ? scene.succeeded() > 0 : scene.succeeded() >= completions;
        return enough && population.active() == 0;
    }

    private boolean resuming() {
        return !job.spec().suspended() && job.status().has("Suspended");
    }

    /// Rule JOB-180, "Suspend / resume": a Suspended entry is never added as False; resuming starts the clock afresh.
    private void suspendOrResume() {
        ConditionView wanted = job.spec().suspended()
                ? new ConditionView("Suspended", "True", "JobSuspended", "Job suspended", now)
                : new ConditionView("Suspended", "False", "JobResumed", "Job resumed", now);
        List<ConditionView> changed = Conditions.ensure(conditions, wanted);
        if (changed.equals(conditions)) {
            return;
        }
        conditions = changed;
        if (job.spec().suspended()) {
            event(EventDraft.Type.Normal, "Suspended", "Job suspended");
        } else {
            startTime = now;
            event(EventDraft.Type.Normal, "Resumed", "Job resumed");
        }
    }

    /// Rule JOB-161: the interim condition first. The terminal one follows in a later version, once every pod is
    /// counted and none is terminating, with the same reason and message. A Job that ends although it never started
    /// gets a startTime, without which the API refuses a finished Job; only a suspended one of 0 completions does
    /// without. No Job ends before it started, though the clock may have been set back since.
    private void end(ConditionView ending, Population population, Accounting accounting) {
        boolean announced = job.status().has(ending.type());
        conditions = Conditions.ensure(conditions, ending);
        boolean settled = accounting.whole() && accounting.uncounted().isEmpty() && population.terminating() == 0;
        if (!announced || !settled) {
            return;
        }
        if (startTime == null && !neverStarts()) {
            startTime = now;
        }
        Instant end = startTime != null && now.isBefore(startTime) ? startTime : now;
        boolean success = ending.type().equals(Ending.SUCCESS_CRITERIA_MET);
        conditions = Conditions.ensure(
                conditions,
                new ConditionView(success ? "Complete" : "Failed", "True", ending.reason(), ending.message(), end));
        if (success) {
            completionTime = end;
            tooManySucceeded();
            event(EventDraft.Type.Normal, "Completed", "Job completed");
        } else {
            event(EventDraft.Type.Warning, ending.reason(), ending.message());
        }
    }

    private boolean neverStarts() {
        return job.spec().suspended() && Objects.equals(job.spec().completions(), 0);
    }

    /// Rule JOB-162: several successes where fewer were asked for, as after adopting pods.
    private void tooManySucceeded() {
        @Nullable Integer completions = job.spec().completions();
        if (completions != null && scene.succeeded() > completions) {
            event(
                    EventDraft.Type.Warning,
                    "TooManySucceededPods",
                    "Too many succeeded pods running after completion count reached");
        }
    }

    private Decision decision(Population population, Accounting accounting, @Nullable Instant wakeAt) {
        List<Change> changes = new ArrayList<>(claiming.changes());
        changes.addAll(population.changes());
        JobStatusView status = status(population, accounting);
        if (!status.equals(job.status())) {
            changes.add(new Change.SetJobStatus(job.ref(), status));
        }
        remember(accounting, changes);
        scene.settled().forEach(pod -> changes.add(free(pod)));
        accounting.free().forEach(pod -> changes.add(free(pod)));
        return new Decision(changes, events, wakeAt);
    }

    private static Change free(PodView pod) {
        return new Change.RemoveFinalizer(pod.ref(), PodView.TRACKING_FINALIZER);
    }

    /// Indexes with a back-off of their own carry it in their pods' annotations.
    private void remember(Accounting accounting, List<Change> changes) {
        if (job.spec().limitedPerIndex()) {
            return;
        }
        JobMemory next = PodBackoff.after(memory, accounting.succeeded(), accounting.failed());
        if (!next.equals(memory)) {
            changes.add(new Change.Remember(job.ref(), next.equals(JobMemory.EMPTY) ? null : next));
        }
    }

    private JobStatusView status(Population population, Accounting accounting) {
        JobStatusView counted = scene.status();
        boolean indexed = job.spec().indexed();
        Uncounted uncounted = accounting.uncounted();
        return new JobStatusView(
                conditions,
                startTime,
                completionTime,
                population.active(),
                population.ready(),
                population.terminating(),
                indexed ? accounting.completed().size() : counted.succeeded(),
                counted.failed(),
                indexed ? accounting.completed() : counted.completedIndexes(),
                indexed ? scene.indexes().failed() : counted.failedIndexes(),
                uncounted);
    }

    private void event(EventDraft.Type type, String reason, String message) {
        events.add(new EventDraft(job.ref(), type, reason, message, JobController.COMPONENT, null, null));
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
