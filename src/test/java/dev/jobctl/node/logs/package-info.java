/// Tests of node.logs.
/// Start at {@link dev.jobctl.node.logs.PodLogFilesTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.logs;
