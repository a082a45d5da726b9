package dev.jobctl.store;

import org.jspecify.annotations.Nullable;

/// A durable, revisioned map. One thread drafts and commits; any thread reads and watches.
public interface Store<V> extends AutoCloseable {
    /// The last published state.
    Snapshot<V> current();

    /// Makes every change of the draft durable in one transaction, then publishes its snapshot and wakes the watches.
    /// The draft's base must be the current snapshot. Throws [StoreError] when nothing could be written; then nothing
    /// was published and the draft is void.
    ///
    /// `published` runs after the snapshot is visible and before the watches wake; it must not throw.
    void commit(Draft<V> draft, Runnable published);

    /// Follows all changes to keys starting with `prefix` whose revision is above `afterRevision`.
    /// Null when some of them are no longer retained (the caller answers 410 Gone).
    /// `afterRevision` may lie in the future: then older changes are left out.
    @Nullable
    Watch<V> watch(String prefix, long afterRevision);

    /// The lowest `afterRevision` for which [#watch] still has every change.
    long retainedSince();

    /// Ends all watches and releases files. Idempotent.
    @Override
    void close();
}
