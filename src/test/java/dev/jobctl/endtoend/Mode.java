package dev.jobctl.endtoend;

import java.util.Map;

/// How jobctl runs in a session.
enum Mode {
    /// Commands go to the daemon, which the first one starts.
    DAEMON("daemon", ""),
    /// Every command is one JVM of its own.
    ONE_JVM("one-jvm", "off");

    private final String label;
    private final String daemon;

    /// @param daemon value of JOBCTL_DAEMON, empty for none
    Mode(String label, String daemon) {
        this.label = label;
        this.daemon = daemon;
    }

    static Mode named(String label) {
        for (Mode mode : values()) {
            if (mode.label.equals(label)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode " + label + "; there are daemon and one-jvm");
    }

    String label() {
        return label;
    }

    Map<String, String> environment() {
        return daemon.isEmpty() ? Map.of() : Map.of("JOBCTL_DAEMON", daemon);
    }
}
