/// Plain values of Kubernetes: kinds, keys, names, quantities, selectors, index sets, cron, and the messages that cross
/// rooms (Write, Outcome, EventDraft).
/// Immutable values and pure functions; any thread.
/// May import `std`, the fabric8 model and Jackson; no sibling in `resource`.
/// May never read a clock, a file or the network, or change an object that is stored.
/// Start at {@link dev.jobctl.resource.value.Kinds}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.value;
