/// Whether nodes live: those that stopped reporting become Unknown, get taints, and their pods are not ready any more.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.nodes.NodeLifecycle}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.nodes;
