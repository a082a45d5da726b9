/// Containers of a container engine, podman or Docker, whose command line does the work under our own supervisors.
/// Runs on the caller's thread; virtual threads wait for a container's end and send it SIGTERM.
/// Imports `node.runtime`, `node.process`, `resource` and `std`.
/// Never decides about restarts or phases, never reports to the control plane, never speaks to a registry itself.
/// Start at {@link dev.jobctl.node.container.ContainerRuntime}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.container;
