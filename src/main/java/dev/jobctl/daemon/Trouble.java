package dev.jobctl.daemon;

import dev.jobctl.launch.wire.BrokenRelease;
import dev.jobctl.launch.wire.HomeError;
import java.net.BindException;

/// Trouble with the machine in the user's words.
final class Trouble {
    /// Causes deeper than this are loops.
    private static final int MAX_CAUSES = 20;

    private Trouble() {}

    /// One line: what is wrong and, for the troubles we know, what to do.
    static String inWords(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES; i++) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof HomeError) {
                return text;
            }
            if (BrokenRelease.isMeantBy(cause)) {
                return BrokenRelease.inWords(cause);
            }
            if (text.contains("No space left on device") || text.contains("SQLITE_FULL")) {
                return "the disk is full; free some space and try again";
            }
            if (text.contains("Disk quota exceeded")) {
                return "your disk quota is used up; free some space and try again";
            }
            if (cause instanceof BindException || text.contains("Address already in use")) {
                return "the port is taken by another program: " + text + "; free it, or run 'jobctl local reset'";
            }
            if (text.contains("Too many open files")) {
                return "too many open files; raise the limit with 'ulimit -n' and try again";
            }
            Throwable deeper = cause.getCause();
            if (deeper == null) {
                break;
            }
            cause = deeper;
        }
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.toString() : message.replace('\n', ' ');
    }
}
