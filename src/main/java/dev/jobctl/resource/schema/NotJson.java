package dev.jobctl.resource.schema;

/// The bytes are no JSON document. The message says where and why.
public final class NotJson extends RuntimeException {
    public NotJson(String message) {
        super(message);
    }
}
