package dev.jobctl.node.runtime;

/// Where a termination message may come from: `terminationMessagePolicy`.
public enum MessageSource {
    /// Only from the termination file.
    FILE,
    /// From the termination file, or else, after a failure, the end of the log.
    FILE_OR_LOG
}
