package dev.jobctl.cli.command;

/// The exit codes of jobctl. `run` and `wait` answer with a Job's outcome.
public final class Exit {
    public static final int OK = 0;
    public static final int ERROR = 1;
    public static final int USAGE = 2;
    public static final int JOB_FAILED = 10;
    public static final int JOB_DEADLINE = 11;
    public static final int JOB_SOME_INDEXES = 12;
    public static final int JOB_NOT_STARTED = 13;
    public static final int TIMEOUT = 124;
    public static final int INTERRUPTED = 130;

    private Exit() {}
}
