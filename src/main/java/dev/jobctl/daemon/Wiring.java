package dev.jobctl.daemon;

import dev.jobctl.cli.Jobctl;
import dev.jobctl.std.Time;

/// Which plane and which verbs the real program has.
final class Wiring {
    private Wiring() {}

    /// Opens the real plane of a home.
    static LocalPlane.Opener opener() {
        return HomePlane::open;
    }

    /// The real verbs. One object for all commands of this process: it keeps connections.
    static Commands commands() {
        Jobctl verbs = new Jobctl(Time.system());
        return (arguments, terminal, control) -> verbs.run(arguments, terminal, control, new PrivatePlane());
    }
}
