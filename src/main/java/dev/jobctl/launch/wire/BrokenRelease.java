package dev.jobctl.launch.wire;

import java.lang.reflect.InvocationTargetException;

/// A release whose parts do not fit together: a jar is missing, damaged or of another build, so a class that was there
/// when we were compiled is not there now.
public final class BrokenRelease {
    private BrokenRelease() {}

    /// Whether that failure means it. A class whose own beginning failed is there: the trouble is another.
    public static boolean isMeantBy(Throwable failure) {
        return failure instanceof LinkageError
                && !(failure instanceof ExceptionInInitializerError)
                && !(failure.getCause() instanceof ExceptionInInitializerError);
    }

    /// One line for the user: what is broken, and what to do.
    public static String inWords(Throwable failure) {
        Throwable cause = failure;
        if (failure instanceof InvocationTargetException invocation && invocation.getCause() != null) {
            cause = invocation.getCause();
        }
        String what = String.valueOf(cause.getMessage());
        int end = what.indexOf('\n');
        return "this installation is broken, a part of it is missing, damaged or of another build ("
                + cause.getClass().getSimpleName() + ": " + (end < 0 ? what : what.substring(0, end))
                + "); install jobctl again, or rebuild it with scripts/build";
    }
}
