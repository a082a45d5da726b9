/// The Job controller: one pure decision from a Job, its pods and its memory.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.job.JobController}, then `Step`.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.job;
