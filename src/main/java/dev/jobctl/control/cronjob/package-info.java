/// The CronJob controller: which Job a schedule starts now, and which finished ones go.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.cronjob.CronJobController}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.cronjob;
