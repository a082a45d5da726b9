package dev.jobctl.resource.table;

/// One column definition of a Table.
///
/// @param type `string` or `integer`
/// @param format `name` for the name column, else empty
/// @param priority 0 always shown, 1 in wide output only
public record Column(String name, String type, String format, String description, int priority) {}
