/// The verbs: options, run, print. No System.out, no System.exit, no static state: many commands run at once in one process.
/// Start at {@link dev.jobctl.cli.Terminal}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli;
