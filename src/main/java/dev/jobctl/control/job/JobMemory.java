package dev.jobctl.control.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The pod failure back-off of one Job (job controller, "Backoff between replacements"): failures since the last
/// success and the time of the last failure. The real controller keeps it in memory only; ours is durable, so that a
/// restart never shortens a wait.
public record JobMemory(int failures, @Nullable Instant lastFailure) {
    public static final JobMemory EMPTY = new JobMemory(0, null);
}
