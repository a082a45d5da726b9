package dev.jobctl.node.runtime;

/// What became of an attempt while this node was away.
public sealed interface Recovered {
    record Running(RunningContainer container) implements Recovered {}

    record Ended(String id, ContainerEnd end) implements Recovered {}

    /// It ran when the machine went down.
    record Rebooted(String id, ContainerEnd end) implements Recovered {}

    /// Nothing of it ever ran: the same attempt may be started.
    record NeverStarted() implements Recovered {}
}
