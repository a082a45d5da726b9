/// What all verbs share: declaring and parsing a command line, the session of one run, failures and exit codes.
/// Runs on the command's own thread; nothing here outlives one command.
/// May import `cli`, `cli.cluster`, `std`, picocli.
/// Never prints by itself except in `Failures`, never exits.
/// Start at {@link dev.jobctl.cli.command.Command}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.command;
