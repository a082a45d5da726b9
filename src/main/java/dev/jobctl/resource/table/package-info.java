/// The server's table form of objects: the columns and cells that `get` prints.
/// Pure, any thread; now comes in as an argument.
/// Imports `resource.value` and the fabric8 model.
/// Never lays out text: widths, padding and colours are the client's.
/// Start at {@link dev.jobctl.resource.table.Tables}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.table;
