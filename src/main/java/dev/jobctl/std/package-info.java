/// What the JDK lacks and has no Kubernetes word: time, luck, checks, back-off, logging.
/// Runs on any thread; every type here is immutable or says who owns it.
/// Imports the JDK only, and no other room. At most a dozen files.
/// Never reads a clock, random source or environment except through the named system implementations.
/// Start at {@link dev.jobctl.std.Time}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.std;
