/// Tests of node.runtime.
/// Start at {@link dev.jobctl.node.runtime.VariablesTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.runtime;
