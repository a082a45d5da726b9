package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.Terminal;
import dev.jobctl.launch.wire.BrokenRelease;
import dev.jobctl.std.Log;
import java.io.UncheckedIOException;
import java.util.List;

/// The outermost catch of a command: whatever escapes `cli` is a bug of ours, the machine's trouble, or a release that
/// is not whole. Needs little of that release itself.
///
/// @param broken what a release that is not whole is told to, after the user
record Edge(Commands commands, Log log, Runnable broken) {
    /// Runs the command; an escaped exception becomes one line for the user, a log entry, and the exit code 1.
    int run(List<String> arguments, Terminal terminal, LocalControl control) {
        try {
            return commands.run(arguments, terminal, control);
        } catch (UnavailableError e) {
            terminal.err().println("jobctl: " + e.getMessage());
            return 1;
        } catch (UncheckedIOException e) {
            log.warning("command failed", "cause", e);
            terminal.err().println("jobctl: " + Trouble.inWords(e));
            return 1;
        } catch (LinkageError e) {
            if (!BrokenRelease.isMeantBy(e)) {
                return bug(e, arguments, terminal);
            }
            log.error("command failed", e, "verb", arguments.isEmpty() ? "" : arguments.getFirst());
            terminal.err().println("jobctl: " + BrokenRelease.inWords(e));
            if (arguments.contains("--debug")) {
                e.printStackTrace(terminal.err());
            }
            broken.run();
            return 1;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return bug(e, arguments, terminal);
        }
    }

    private int bug(Throwable e, List<String> arguments, Terminal terminal) {
        log.error("command failed", e, "verb", arguments.isEmpty() ? "" : arguments.getFirst());
        Throwable first = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
        terminal.err().println("jobctl: internal error: " + first + "; this is a bug, please report it");
        return 1;
    }
}
