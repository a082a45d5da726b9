/// Objects as text: tables, YAML, JSON, names, durations. Pure.
/// Runs on the command's own thread.
/// May import `cli.jsonpath`, `resource.value`, Jackson.
/// Never prints by itself, never reads a clock: `now` comes in.
/// Start at {@link dev.jobctl.cli.output.Columns}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.output;
