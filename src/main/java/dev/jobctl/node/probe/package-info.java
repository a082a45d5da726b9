/// Probes and lifecycle hooks of running containers: what they ask, and when.
/// A virtual thread per probe of a running container, and one per hook.
/// Imports `node.runtime`, `node.life` (its values), `resource` and `std`.
/// Never decides what a failure means: that is `node.life`'s part.
/// Start at {@link dev.jobctl.node.probe.Prober}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.probe;
