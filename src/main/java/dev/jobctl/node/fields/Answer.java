package dev.jobctl.node.fields;

/// What a runtime says to a field that it does not just do.
sealed interface Answer {
    /// Nothing of the pod runs.
    record Refused(String what) implements Answer {}

    /// The pod runs without it.
    record Warned(String what) implements Answer {}
}
