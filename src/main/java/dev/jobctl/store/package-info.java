/// Keys, revisions and values: snapshot, draft, commit, watch, compaction. Has never heard of Kubernetes.
/// The loop's thread drafts and commits; any thread reads a snapshot or follows a watch.
/// Imports `std` and pcollections. Only {@code store.sqlite} knows SQL.
/// Never publishes a change that is not durable.
/// Start at {@link dev.jobctl.store.Store}, then {@link dev.jobctl.store.Snapshot}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.store;
