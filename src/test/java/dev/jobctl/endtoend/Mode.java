package dev.jobctl.endtoend;

import java.util.Map;

/// How jobctl runs in a session.
enum Mode {
    /// Commands go to the daemon, which the first one starts.
    DAEMON("daemon", Map.of()),
    /// Every command is one JVM of its own.
    ONE_JVM("one-jvm", Map.of("JOBCTL_DAEMON", "off"));

    private final String label;
    private final Map<String, String> environment;

    Mode(String label, Map<String, String> environment) {
        this.label = label;
        this.environment = environment;
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
        return environment;
    }
}
