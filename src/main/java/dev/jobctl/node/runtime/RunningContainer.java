package dev.jobctl.node.runtime;

import java.time.Instant;

/// A started container attempt.
public interface RunningContainer {
    /// As in `containerStatuses[].containerID`: `process://4711-98234`.
    String id();

    Instant startedAt();

    /// SIGTERM to its first process, and to no other. Nothing happens when it has ended.
    void terminate();

    /// SIGKILL to everything of it, until nothing is left. Nothing happens when it has ended.
    void kill();
}
