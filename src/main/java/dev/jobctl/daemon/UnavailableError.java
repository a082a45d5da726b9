package dev.jobctl.daemon;

/// The local control plane cannot be reached or opened; the text tells the user what to do.
final class UnavailableError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableError(Throwable cause) {
        super(Trouble.inWords(cause), cause);
    }
}
