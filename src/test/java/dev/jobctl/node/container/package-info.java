/// What of the container runtime needs no engine; with one see `node.ContainersTest`.
/// Runs on the test's thread.
/// Imports `node.container` and `node.runtime`.
/// Never starts a program.
/// Start at {@link dev.jobctl.node.container.RunCommandTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.container;
