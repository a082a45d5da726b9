package dev.jobctl.daemon;

import dev.jobctl.cli.Jobctl;
import dev.jobctl.std.Time;
import java.util.List;

/// Which plane and which verbs the real program has, and what it does ahead of them.
final class Wiring {
    private Wiring() {}

    /// Opens the real plane of a home.
    static LocalPlane.Opener opener() {
        return HomePlane::open;
    }

    /// What pods need is learnt ahead where they come soon; another command does better alone.
    static void headStart(List<String> arguments) {
        if (arguments.contains("run")) {
            Jobctl.headStart();
        }
    }

    /// The real verbs. One object for all commands of this process: it keeps connections.
    static Commands commands() {
        Jobctl verbs = new Jobctl(Time.system());
        return (arguments, terminal, control) -> verbs.run(arguments, terminal, control, new PrivatePlane());
    }
}
