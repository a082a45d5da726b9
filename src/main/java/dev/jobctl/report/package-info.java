/// A Job's life as text.
/// Pure functions over values; any thread.
/// Imports `resource` and `std`.
/// Never touches a store, a clock or a stream; sees no fabric8 type.
/// Start at {@link dev.jobctl.report.Timeline}, then {@link dev.jobctl.report.TimelineText}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.report;
