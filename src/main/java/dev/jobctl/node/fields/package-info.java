/// What each runtime makes of each field of a pod: it does it, refuses the pod, or warns. Nothing is left out in
/// silence.
/// Pure; asked on the pod's own thread.
/// Imports `node.runtime` and `resource`.
/// Never does what a field asks for: that is the runtime's part.
/// Start at {@link dev.jobctl.node.fields.PodFields}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.fields;
