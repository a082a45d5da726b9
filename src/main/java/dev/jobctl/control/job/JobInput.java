package dev.jobctl.control.job;

import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import java.util.List;

/// Everything the Job controller may look at, taken from one state.
///
/// @param pods those of the namespace that this Job owns and that still matter: not yet terminal, or terminal but still
///     carrying the tracking finalizer, or being deleted; plus pods without a controller that match its selector.
///     Terminal pods that were counted are left out, so that cost follows parallelism and not the Job's history.
public record JobInput(JobView job, List<PodView> pods, JobMemory memory) {
    public JobInput {
        pods = List.copyOf(pods);
    }
}
