/// Tests of the process runtime alone.
/// Start at {@link dev.jobctl.node.process.ProcessRuntimeTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.process;
