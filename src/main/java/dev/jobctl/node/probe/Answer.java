package dev.jobctl.node.probe;

/// What came of one handler's run.
///
/// @param message why it failed or is doubtful, or what the command said
record Answer(Sense sense, String message) {
    /// Whether the asked one is well, as far as anybody knows.
    enum Sense {
        GOOD,
        /// Well, but not as the probe was meant.
        DOUBTFUL,
        BAD,
        /// Nobody could ask.
        UNKNOWN
    }

    static Answer good() {
        return new Answer(Sense.GOOD, "");
    }

    static Answer doubtful(String message) {
        return new Answer(Sense.DOUBTFUL, message);
    }

    static Answer bad(String message) {
        return new Answer(Sense.BAD, message);
    }

    static Answer unknown(String message) {
        return new Answer(Sense.UNKNOWN, message);
    }

    static Answer of(boolean well, String message) {
        return new Answer(well ? Sense.GOOD : Sense.BAD, message);
    }

    boolean well() {
        return sense == Sense.GOOD || sense == Sense.DOUBTFUL;
    }

    boolean doubtful() {
        return sense == Sense.DOUBTFUL;
    }

    boolean known() {
        return sense != Sense.UNKNOWN;
    }
}
