package dev.jobctl.std;

/// Assertions that stay on in production: a failure is a bug of ours, never the user's fault.
public final class Check {
    private Check() {}

    /// Throws [Broken] with the text, its `%s` filled from `values`, unless `fact` holds.
    public static void that(boolean fact, String text, Object... values) {
        if (!fact) {
            throw new Broken(text.formatted(values));
        }
    }

    /// A fact that must hold did not.
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }
}
