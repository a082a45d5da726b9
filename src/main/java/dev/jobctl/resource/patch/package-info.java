/// Patches: JSON patch, merge patch, strategic merge patch with its directives, and the patches that `apply` and `edit`
/// send.
/// Pure, any thread; trees that come in are never changed.
/// Imports `resource.value`, `resource.schema` and Jackson.
/// Never decides whether the outcome is a valid object: that is decoding's and validation's part, after the patch.
/// Start at {@link dev.jobctl.resource.patch.Patches}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.patch;
