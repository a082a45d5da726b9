package dev.jobctl.node.volume;

/// A volume cannot be made now: event FailedMount, to be tried again.
public final class MountError extends Exception {
    private static final long serialVersionUID = 1L;

    MountError(String volume, String why) {
        super("MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume, why));
    }
}
