/// The kubelet's part: runs the pods bound to this node and reports on them.
/// Start at {@link dev.jobctl.node.NodeReports}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node;
