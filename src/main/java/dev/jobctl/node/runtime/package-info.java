/// What every pod runtime shares: the interface, the plan of one container, its files on disk.
/// Called on the pod's own virtual thread; {@link dev.jobctl.node.runtime.PodRuntime} says what may come from
/// elsewhere.
/// Imports `resource` and `std`, nothing else of `node`.
/// Never starts a process, never reports to the control plane.
/// Start at {@link dev.jobctl.node.runtime.PodRuntime}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.runtime;
