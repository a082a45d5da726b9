/// Pods that only pretend: no process, no thread, the loop's clock. What each run does is a {@link
/// dev.jobctl.node.simulated.Behaviour}.
/// Owned by the one thread that tells a node of pods and moves its clock; values are immutable.
/// Imports `node`, `node.life`, `node.runtime` (values only), `resource` and `std`.
/// Who finds that the clock was set says so by {@link dev.jobctl.node.simulated.SimulatedNode#clockSet}.
/// Never reads a clock, waits, starts a thread or touches a file: instants and luck come in as arguments.
/// Start at {@link dev.jobctl.node.simulated.SimulatedNode}, then {@link dev.jobctl.node.simulated.Rules}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.simulated;
