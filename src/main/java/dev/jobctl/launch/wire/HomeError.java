package dev.jobctl.launch.wire;

/// The home cannot be used: what is wrong and what to do, in one line for the user.
public final class HomeError extends Exception {
    private static final long serialVersionUID = 1L;

    public HomeError(String message) {
        super(message);
    }
}
