package dev.jobctl.daemon;

import dev.jobctl.launch.wire.HomeError;

/// Which plane and which verbs the real program has.
final class Wiring {
    private Wiring() {}

    /// Opens the real plane of a home.
    static LocalPlane.Opener opener() {
        return (home, environment, log) -> {
            throw new HomeError("this build has no control plane");
        };
    }

    /// The real verbs.
    static Commands commands() {
        return (arguments, terminal, control) -> {
            terminal.err().println("jobctl: this build has no verbs");
            return 2;
        };
    }
}
