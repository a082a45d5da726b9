package dev.jobctl.cli;

import java.io.IOException;
import java.util.List;

/// Starts programs of this machine on the caller's own terminal. Only a command that runs in the caller's own process
/// can.
public interface Programs {
    /// The exit code. Throws [IOException] where it cannot be started; the message is for the user.
    int run(List<String> words) throws IOException;

    /// For commands that run elsewhere.
    static Programs none() {
        return words -> {
            throw new IOException("this command does not run on your terminal (JOBCTL_DAEMON=always)");
        };
    }
}
