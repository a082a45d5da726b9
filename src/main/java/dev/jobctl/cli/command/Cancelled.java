package dev.jobctl.cli.command;

/// The caller pressed Ctrl-C or went away: exit code 130, nothing printed.
public final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
