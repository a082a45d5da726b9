package dev.jobctl.node.runtime;

import java.time.Instant;

/// How a container attempt ended.
///
/// @param exitCode 128 + n after signal n
/// @param reason such as `Completed`, `Error`, `StartError`
/// @param message the termination message, empty for none
public record ContainerEnd(int exitCode, String reason, String message, Instant startedAt, Instant finishedAt) {
    /// An attempt whose end nobody saw.
    public static ContainerEnd unknown(Instant startedAt, Instant finishedAt) {
        return new ContainerEnd(
                137,
                "ContainerStatusUnknown",
                "The container could not be located when the pod was terminated",
                startedAt,
                finishedAt);
    }

    /// An ordinary exit: the reason follows from the code.
    public static ContainerEnd exited(int exitCode, String message, Instant startedAt, Instant finishedAt) {
        return new ContainerEnd(exitCode, exitCode == 0 ? "Completed" : "Error", message, startedAt, finishedAt);
    }

    public ContainerEnd finishedAt(Instant at) {
        return new ContainerEnd(exitCode, reason, message, startedAt, at);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }
}
