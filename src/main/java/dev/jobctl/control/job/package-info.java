/// The Job controller: one pure decision from a Job, its pods and its memory.
/// Start at {@link dev.jobctl.control.job.JobInput}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.job;
