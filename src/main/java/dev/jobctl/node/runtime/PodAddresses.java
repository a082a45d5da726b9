package dev.jobctl.node.runtime;

/// Addresses for pods, each given to one pod at a time. Safe from any thread.
public interface PodAddresses {
    String take();

    /// An address that a pod has from before.
    void keep(String address);

    void give(String address);
}
