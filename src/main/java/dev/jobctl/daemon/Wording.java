package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Home;
import java.util.List;

/// What both ways of `local` tell the user.
final class Wording {
    static final String NOT_RUNNING = "the local control plane is not running";

    private Wording() {}

    static String stopped(boolean keepPods) {
        return keepPods ? "local control plane stopped, its pods go on" : "local control plane stopped";
    }

    static String reset(Home home, List<String> foreign) {
        String done = "local control plane stopped, everything in " + home.path() + " removed";
        return foreign.isEmpty() ? done : done + ", except what is not ours: " + String.join(", ", foreign);
    }
}
