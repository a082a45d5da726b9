/// Tar archives, as they go into containers and come out of them.
/// Runs on the command's own threads.
/// May import nothing of the house but `std`.
/// Never touches a file, never believes a name: the verb that asked weighs what an entry says.
/// Start at {@link dev.jobctl.cli.tar.TarReader}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.tar;
