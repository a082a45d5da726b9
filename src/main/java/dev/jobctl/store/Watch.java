package dev.jobctl.store;

import java.time.Duration;
import java.util.List;

/// One reader's place in the stream of changes. Owned by one thread at a time; `close` may come from any.
public interface Watch<V> extends AutoCloseable {
    /// Blocks until there is something to tell or `patience` is over.
    Batch<V> next(Duration patience) throws InterruptedException;

    /// Wakes a blocked `next`, which then answers [Ended]. Idempotent.
    @Override
    void close();

    /// What one call of `next` found.
    sealed interface Batch<V> {}

    /// Changes in order of revision, at least one when any matched. `upTo`: every change up to and including this
    /// revision was looked at; good for a bookmark.
    record Changes<V>(List<Change<V>> changes, long upTo) implements Batch<V> {}

    /// The reader fell so far behind that changes were dropped; it must list anew (410 Gone).
    record Fell<V>() implements Batch<V> {}

    /// The watch or its store was closed.
    record Ended<V>() implements Batch<V> {}
}
