package dev.jobctl.node.life;

/// What a probe is for.
public enum ProbeKind {
    /// Until it succeeds, the other two wait.
    STARTUP("Startup", "startup"),
    /// Its failure ends the container.
    LIVENESS("Liveness", "liveness"),
    /// Says whether the container can be used now.
    READINESS("Readiness", "readiness");

    private final String title;
    private final String word;

    ProbeKind(String title, String word) {
        this.title = title;
        this.word = word;
    }

    String title() {
        return title;
    }

    String word() {
        return word;
    }
}
