/// The command socket, the one owner per home, and when to leave.
/// One virtual thread per command; the lifecycle belongs to the thread in {@link dev.jobctl.daemon.Daemon#serve}.
/// Imports `cli`, `plane`, `std`, `launch.wire` for the frames, and `apiserver` for its request and response only.
/// Never touches standard streams, the environment or the exit code of this process, and starts no process.
/// Start at {@link dev.jobctl.daemon.Direct}, then {@link dev.jobctl.daemon.Daemon}.
@NullMarked
package dev.jobctl.daemon;

import org.jspecify.annotations.NullMarked;
