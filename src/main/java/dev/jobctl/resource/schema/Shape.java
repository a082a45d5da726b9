package dev.jobctl.resource.schema;

/// The type of a value in the API's JSON.
public sealed interface Shape permits Shape.Plain, Shape.MapOf, Shape.ListOf, Struct {
    /// Values without parts, by their type in the API, and `ANY` for free-form JSON.
    enum Plain implements Shape {
        TEXT,
        INT32,
        INT64,
        BOOL,
        NUMBER,
        QUANTITY,
        INT_OR_STRING,
        TIME,
        MICRO_TIME,
        /// Base64 text.
        BYTES,
        ANY
    }

    /// An object whose keys are free: labels, limits.
    record MapOf(Shape value) implements Shape {}

    record ListOf(Shape item) implements Shape {}
}
