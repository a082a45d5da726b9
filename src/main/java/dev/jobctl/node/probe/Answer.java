package dev.jobctl.node.probe;

/// What came of one handler's run.
///
/// @param message why it failed, or what the command said
record Answer(boolean well, String message) {
    static Answer good() {
        return new Answer(true, "");
    }

    static Answer bad(String message) {
        return new Answer(false, message);
    }
}
