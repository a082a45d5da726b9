package dev.jobctl.control.job;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.view.JobSpecView.CompletionMode;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.OwnerView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Job controller: from a Job, its pods and its memory to what has to be done. Pure.
///
/// There is no queue delay and no expectation here: a decision is made from the state as it is and is carried out in
/// the same transaction, so what it asked for is there when it is asked again.
public record JobController(JobSettings settings) {
    static final String COMPONENT = "job-controller";

    /// Rule JOB-103: nothing, not even a status, for a Job that another controller manages (spec.managedBy) or whose
    /// completion mode this version does not know. (The real controller repeats an event about the latter; such a Job
    /// cannot pass validation here.)
    public Decision decide(JobInput input, Instant now) {
        JobView job = input.job();
        if (job.managedElsewhere() || job.spec().mode() == CompletionMode.Unknown) {
            return Decision.quiet();
        }
        if (job.status().finished()) {
            return afterwards(input);
        }
        return new Step(input, settings, now).decide();
    }

    /// Rule JOB-102: a finished Job is never looked at again; its memory is dropped and pods that still have the
    /// finalizer lose it.
    private static Decision afterwards(JobInput input) {
        List<Change> changes = new ArrayList<>();
        for (PodView pod : input.pods()) {
            @Nullable OwnerView owner = pod.controller();
            boolean ours =
                    owner != null && owner.uid().equals(input.job().meta().uid());
            if (ours && pod.tracked()) {
                changes.add(new Change.RemoveFinalizer(pod.ref(), PodView.TRACKING_FINALIZER));
            }
        }
        if (!input.memory().equals(JobMemory.EMPTY)) {
            changes.add(new Change.Remember(input.job().ref(), null));
        }
        return changes.isEmpty() ? Decision.quiet() : new Decision(changes, List.of(), null);
    }
}
