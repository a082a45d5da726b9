/// The kubelet's part: runs the pods bound to this node and reports on them.
/// A virtual thread per pod takes its mailbox; runtimes and readers of logs have threads of their own.
/// Imports `resource` and `std`; plane wires it to the loop through {@link dev.jobctl.node.NodeReports}.
/// Never reads or writes the store, never decides about Jobs; only `node.process` starts processes.
/// Start at {@link dev.jobctl.node.LocalNode}, then {@link dev.jobctl.node.life.LifeStep}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node;
