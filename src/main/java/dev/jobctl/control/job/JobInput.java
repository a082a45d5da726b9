package dev.jobctl.control.job;

import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import java.util.List;

/// Everything the Job controller may look at, taken from one state.
///
/// @param pods those of the namespace that this Job owns and that still matter: not yet terminal, or still carrying
///     the tracking finalizer; plus pods without a controller that match its selector. Terminal pods that were counted
///     may be left out, so that cost follows parallelism and not the Job's history.
public record JobInput(JobView job, List<PodView> pods, JobMemory memory, Creation creation) {
    public JobInput {
        pods = List.copyOf(pods);
    }

    /// Whether pods may be created; all else is decided in any case.
    public enum Creation {
        ALLOWED,
        /// The last failed creation's back-off lasts.
        HELD,
        /// The namespace is going: never again.
        OVER
    }

    /// With creation allowed.
    public JobInput(JobView job, List<PodView> pods, JobMemory memory) {
        this(job, pods, memory, Creation.ALLOWED);
    }
}
