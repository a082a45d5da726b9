/// Containers as processes of this host: the supervisor, its record on disk, signals to a whole family.
/// Runs on the caller's thread; a virtual thread per running container waits for its end.
/// Imports `node.runtime`, `resource` and `std`.
/// Never decides about restarts or phases, never reports to the control plane.
/// Start at {@link dev.jobctl.node.process.ProcessRuntime}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.process;
