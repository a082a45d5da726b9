package dev.jobctl.daemon;

/// The local control plane cannot be reached or opened; the text tells the user what to do.
final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(Throwable cause) {
        super(Trouble.inWords(cause), cause);
    }
}
