package dev.jobctl.cli;

/// The version of this program.
public final class Version {
    /// As in the build file; a test holds both together.
    public static final String TEXT = "0.1.0";

    private Version() {}
}
