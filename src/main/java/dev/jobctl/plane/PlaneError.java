package dev.jobctl.plane;

/// The plane cannot be opened because of its surroundings: home, port, disk. The message says what to do.
public final class PlaneError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlaneError(String message) {
        super(message);
    }

    public PlaneError(String message, Throwable cause) {
        super(message, cause);
    }
}
