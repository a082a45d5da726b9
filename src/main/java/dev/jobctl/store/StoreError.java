package dev.jobctl.store;

/// The store could not do its work because of its surroundings: disk full, file unreadable, another owner.
/// The message says what and what to do.
public final class StoreError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreError(String message, Throwable cause) {
        super(message, cause);
    }
}
