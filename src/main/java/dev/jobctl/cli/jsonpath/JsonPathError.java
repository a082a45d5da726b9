package dev.jobctl.cli.jsonpath;

/// A template that cannot be read, or does not fit the object. The message is kubectl's own part: `unclosed action`,
/// `items is not found`.
public final class JsonPathError extends RuntimeException {
    JsonPathError(String message) {
        super(message);
    }
}
