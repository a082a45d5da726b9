package dev.jobctl.cli.command;

/// The command cannot do what was asked: exit code 1. The text is complete except for the leading `error: `.
public final class CommandError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandError(String message) {
        super(message);
    }

    public CommandError(String message, Throwable cause) {
        super(message, cause);
    }
}
