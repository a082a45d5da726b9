/// Container logs: reading them as `pods/log` wants, and the times of their lines.
/// Readers run on the caller's thread, any number at once; the clock of lines has one virtual thread.
/// Imports `node.runtime`, `resource` and `std`.
/// Never starts, stops or waits for a container, never changes a log.
/// Start at {@link dev.jobctl.node.logs.PodLogFiles}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.logs;
