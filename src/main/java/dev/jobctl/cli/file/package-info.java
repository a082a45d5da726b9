/// Manifests and the entries of ConfigMaps and Secrets, from files, directories and standard input: read and checked
/// before anything is sent.
/// Runs on the command's own thread.
/// May import `cli`, `cli.command`, `cli.cluster`, `resource`.
/// Never sends anything, never prints: complaints leave as one failure.
/// Start at {@link dev.jobctl.cli.file.Manifests}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.file;
