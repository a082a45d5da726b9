/// The OpenAPI documents, made from the schema of every served kind: version 2 whole, version 3 by group.
/// Pure; built on the caller's thread when asked, to be kept by the caller.
/// Imports `resource.schema`, `resource.value` and Jackson.
/// Never holds pasted-in documents: types come from the model, descriptions from our own short list.
/// Start at {@link dev.jobctl.apiserver.openapi.OpenApi}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.openapi;
