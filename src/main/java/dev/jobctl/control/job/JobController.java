package dev.jobctl.control.job;

import dev.jobctl.control.Decision;
import java.time.Instant;

/// The Job controller. Pure.
public record JobController(JobSettings settings) {
    public Decision decide(JobInput input, Instant now) {
        return Decision.quiet();
    }
}
