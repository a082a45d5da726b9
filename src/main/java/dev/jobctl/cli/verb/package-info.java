/// The verbs, one file each, with the same four parts in the same order: options record, declaration, run, helpers.
/// Runs on the command's own thread; a verb that reads several streams at once starts virtual threads and joins them.
/// May import every other package of `cli`, `resource`, `std`.
/// Never touches System, never keeps anything between two runs.
/// Start at {@link dev.jobctl.cli.verb.Verbs}, then {@link dev.jobctl.cli.verb.GetVerb}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.verb;
