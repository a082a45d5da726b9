package dev.jobctl.resource.schema;

/// One named field of a [Struct].
///
/// @param goType the named type that Go declares here (`v1.RestartPolicy`), empty where it is a plain or struct type
/// @param required whether an object without it is refused, whatever else it holds
public record Field(String name, Shape shape, MergeRule merge, String goType, boolean required) {}
