/// Plain values of Kubernetes: kinds, keys, names, quantities, selectors, index sets, and the messages that cross rooms (Write, Outcome, EventDraft).
/// Start at {@link dev.jobctl.resource.value.Kinds}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.value;
