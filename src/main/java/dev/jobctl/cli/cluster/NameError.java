package dev.jobctl.cli.cluster;

/// One object is meant, and its name is empty: the path would be that of all objects of its type.
public final class NameError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NameError() {
        super("resource name may not be empty");
    }

    /// The name, if it is one. Throws [NameError].
    public static String check(String name) {
        if (name.isEmpty()) {
            throw new NameError();
        }
        return name;
    }
}
