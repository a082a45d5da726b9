package dev.jobctl.resource.value;

/// What came of reading a text that a user wrote.
public sealed interface Parsed<T> {
    /// The text means this.
    record Good<T>(T value) implements Parsed<T> {}

    /// The text means nothing, and why, in the API's words where it has any.
    record Bad<T>(String message) implements Parsed<T> {}
}
