/// A pod's life as a pure step: state and event in, state and effects out.
/// Runs on the pod's own virtual thread, or on any thread of a test.
/// Imports `node.runtime` (its values only), `resource` and `std`.
/// Never reads a clock, starts anything, waits or logs.
/// Start at {@link dev.jobctl.node.life.LifeStep}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.life;
