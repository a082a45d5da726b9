/// Tests of node.volume.
/// Start at {@link dev.jobctl.node.volume.AccountDirectoriesTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.volume;
