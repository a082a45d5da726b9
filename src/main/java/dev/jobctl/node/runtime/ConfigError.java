package dev.jobctl.node.runtime;

/// The container's configuration cannot be made: waiting reason CreateContainerConfigError, to be tried again.
public final class ConfigError extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigError(String message) {
        super(message);
    }
}
