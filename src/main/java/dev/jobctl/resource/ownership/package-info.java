/// Who owns which field: `metadata.managedFields`, server-side apply with its merge, its conflicts and what it takes
/// away.
/// Pure, any thread; trees that come in are never changed.
/// Imports `resource.value`, `resource.schema` and Jackson.
/// Never decides whether the outcome is a valid object, and never reads a clock: the writer brings the time.
/// Start at {@link dev.jobctl.resource.ownership.Ownership}, then {@link dev.jobctl.resource.ownership.FieldSet}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.ownership;
