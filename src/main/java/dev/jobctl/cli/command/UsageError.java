package dev.jobctl.cli.command;

/// The command line makes no sense: exit code 2.
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageError(String message) {
        super(message);
    }
}
