/// The OpenAPI documents, made from the schema of every served kind: version 2 whole, version 3 by group.
/// Built on the caller's thread when asked, to be kept by the caller; no state.
/// Imports `resource.schema`, `resource.value` and Jackson.
/// Never holds pasted-in documents: types come from the model, descriptions from our own short list beside this
/// package.
/// Start at {@link dev.jobctl.apiserver.openapi.OpenApi}, then {@link dev.jobctl.apiserver.openapi.Definitions}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.openapi;
