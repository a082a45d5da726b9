package dev.jobctl.resource.value;

/// The finalizer of every PersistentVolumeClaim.
public final class ClaimFinalizer {
    /// Set at creation; taken away when the claim is deleted and unused.
    public static final String NAME = "kubernetes.io/pvc-protection";

    private ClaimFinalizer() {}
}
