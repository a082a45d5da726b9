/// What the front and the daemon share: the home's paths, the frames on the socket, the one door into the big program.
/// Any thread; channels are read by one thread and written under a lock.
/// Imports the JDK only, so that the front starts in a few milliseconds; `daemon` imports this room and nothing else of
/// `launch`.
/// Never prints, exits or reads the environment of this process. No lambda, stream or format on the front's way.
/// Start at {@link dev.jobctl.launch.wire.Frame}.
@NullMarked
package dev.jobctl.launch.wire;

import org.jspecify.annotations.NullMarked;
