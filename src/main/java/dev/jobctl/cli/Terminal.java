package dev.jobctl.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Everything a command may touch of the one who called it. Many commands run at once in the daemon, each with its own.
///
/// @param environment the caller's, not this process's
/// @param directory the caller's working directory, absolute
/// @param outputIsTerminal whether `out` ends in a terminal: colours and live views only then
/// @param width columns of that terminal, 80 when unknown
/// @param cancelled completes when the caller pressed Ctrl-C or went away
/// @param programs starts others on the caller's terminal, such as an editor
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path directory,
        boolean outputIsTerminal,
        boolean errorsAreTerminal,
        int width,
        CompletableFuture<Void> cancelled,
        Programs programs) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /// Colours only on a terminal, and never with NO_COLOR set to anything but the empty string or TERM=dumb.
    public boolean colours() {
        return outputIsTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
