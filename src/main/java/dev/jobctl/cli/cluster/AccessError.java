package dev.jobctl.cli.cluster;

/// It cannot be told which cluster is meant, or how to get in.
public final class AccessError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AccessError(String message) {
        super(message);
    }

    public AccessError(String message, Throwable cause) {
        super(message, cause);
    }
}
