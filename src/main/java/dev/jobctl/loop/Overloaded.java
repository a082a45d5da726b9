package dev.jobctl.loop;

/// Too many writes wait already: this one was not taken. Try again a little later.
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overloaded(int waiting) {
        super("too many writes wait (" + waiting + "): try again a little later");
    }
}
