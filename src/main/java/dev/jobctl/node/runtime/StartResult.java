package dev.jobctl.node.runtime;

/// What came of a start.
public sealed interface StartResult {
    /// The pod must leave no trace, and leaves none of this start.
    StartResult DROPPED = new NotYet("Dropped", "the pod was not stored");

    /// It runs.
    record Started(RunningContainer container) implements StartResult {}

    /// This attempt is over before it began, and a new one of the same pod would fail alike: exit code 128.
    record Failed(String reason, String message) implements StartResult {}

    /// Something outside the container is missing for now: the same attempt should be tried again later.
    record NotYet(String reason, String message) implements StartResult {}
}
