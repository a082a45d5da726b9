/// What every served object may hold: fields, types, list kinds and merge keys, read off the model classes.
/// Pure and safe from any thread; a kind is described on first need, so start-up pays only for what it uses.
/// Imports `resource.value`, the fabric8 model and Jackson.
/// Never reads a clock, a file or the network, and knows no rule about values (that is `resource.validation`).
/// Start at {@link dev.jobctl.resource.schema.Schemas}, then {@link dev.jobctl.resource.schema.StrictDecoder}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.schema;
