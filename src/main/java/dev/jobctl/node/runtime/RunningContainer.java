package dev.jobctl.node.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A started container attempt.
public interface RunningContainer {
    /// As in `containerStatuses[].containerID`: `process://4711-98234`.
    String id();

    Instant startedAt();

    /// The way to its standard input, of one that was started with such. Closing it ends the container's input where
    /// `once` is set.
    OutputStream input(boolean once) throws IOException;

    /// Its program's terminal, of one that was started with such and runs.
    Optional<Path> terminal();

    /// Its terminal has another size, of which its program has had SIGWINCH.
    default void resized() {}

    /// Has its program look at its terminal's size again.
    default void lookAgain() {}

    /// SIGTERM to its first process, and to no other. Nothing happens when it has ended.
    void terminate();

    /// SIGKILL to everything of it, until nothing is left. Nothing happens when it has ended.
    void kill();
}
