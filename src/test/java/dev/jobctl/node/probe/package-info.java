/// Tests of node.probe.
/// Start at {@link dev.jobctl.node.probe.HttpGetTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.probe;
