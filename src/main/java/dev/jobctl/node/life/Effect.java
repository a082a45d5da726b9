package dev.jobctl.node.life;

/// Something to be done for a pod.
public sealed interface Effect {
    String container();

    /// Answered by exactly one of Started, StartFailed, StartDelayed.
    record Start(String container, int attempt) implements Effect {}

    /// Its preStop hook. Answered by PreStopped, unless the container ends before.
    record PreStop(String container) implements Effect {}

    /// SIGTERM.
    record Terminate(String container) implements Effect {}

    /// SIGKILL.
    record Kill(String container) implements Effect {}
}
