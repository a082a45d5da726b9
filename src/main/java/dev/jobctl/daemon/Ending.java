package dev.jobctl.daemon;

import java.time.Duration;

/// Why a daemon ends. Kept as a value so that the log, the caller and the tests read the same words.
sealed interface Ending {
    /// In words, for the log.
    String reason();

    /// Whether the pods' processes go on without the daemon, to be adopted by the next one.
    boolean keepsPods();

    /// Nothing to do for longer than the limit.
    record Idle(Duration limit) implements Ending {
        @Override
        public String reason() {
            return "nothing to do for " + limit.toSeconds() + " s";
        }

        @Override
        public boolean keepsPods() {
            return true;
        }
    }

    /// `jobctl local stop`.
    record Asked(boolean keepsPods) implements Ending {
        @Override
        public String reason() {
            return keepsPods ? "asked to stop and keep the pods" : "asked to stop";
        }
    }

    /// SIGTERM or SIGINT: the machine shuts down, or somebody knows what he does.
    record Signalled() implements Ending {
        @Override
        public String reason() {
            return "told by a signal";
        }

        @Override
        public boolean keepsPods() {
            return true;
        }
    }

    /// A command of another build came; its front starts that build's daemon.
    record OtherBuild(String build) implements Ending {
        @Override
        public String reason() {
            return "making room for build " + build;
        }

        @Override
        public boolean keepsPods() {
            return true;
        }
    }

    /// A command met a class that is missing or does not fit. A JVM does not look for such a class again, so the
    /// program may be whole for the next daemon, and this one might not even take the command that stops it.
    record Broken() implements Ending {
        @Override
        public String reason() {
            return "this installation is broken";
        }

        @Override
        public boolean keepsPods() {
            return true;
        }
    }

    /// Somebody removed the home under our feet: nobody can reach this daemon any more, or adopt its pods.
    record HomeGone() implements Ending {
        @Override
        public String reason() {
            return "the home was removed";
        }

        @Override
        public boolean keepsPods() {
            return false;
        }
    }
}
