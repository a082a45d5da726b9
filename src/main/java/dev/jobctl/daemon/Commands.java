package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.Terminal;
import java.util.List;

/// Runs one command line and returns its exit code; never throws for what a user can cause. Many run at once.
interface Commands {
    int run(List<String> arguments, Terminal terminal, LocalControl control);
}
