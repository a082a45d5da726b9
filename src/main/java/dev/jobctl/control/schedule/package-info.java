/// The scheduler: which node takes a pod, and why none does.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.schedule.Scheduler}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.schedule;
