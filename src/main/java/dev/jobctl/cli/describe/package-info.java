/// `kubectl describe`, line for line: objects as pages of aligned text. Pure.
/// Runs on the command's own thread.
/// May import `cli.output` and `resource.value`.
/// Never asks a cluster for anything: the object and its events come in. Never reads a clock: `now` comes in.
/// Start at {@link dev.jobctl.cli.describe.Describe}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.describe;
