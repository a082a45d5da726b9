/// `main`: hand the command line to the warm daemon of the home, or run it in this process.
/// The main thread reads the socket; one more thread reads standard input, only when the command asks for it.
/// Imports the JDK only; the big program is reached through {@link dev.jobctl.launch.wire.Entry}, by name.
/// The only room that touches standard streams, the environment and the exit code, and that starts the daemon's
/// process.
/// Start at {@link dev.jobctl.launch.Main}.
@NullMarked
package dev.jobctl.launch;

import org.jspecify.annotations.NullMarked;
