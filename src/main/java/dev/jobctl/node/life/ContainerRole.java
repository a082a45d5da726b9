package dev.jobctl.node.life;

/// A container's place in its pod.
public enum ContainerRole {
    /// Runs to its end, one after another, before the app containers.
    INIT,
    /// An init container with restart policy Always: started before, stopped after the app containers.
    SIDECAR,
    APP
}
