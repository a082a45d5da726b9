package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The published snapshot and the watches, with nothing on disk: for one-shot runs, for tests, and as the part of a
/// durable store that readers see. One thread commits; any thread reads.
public final class MemoryStore<V> implements Store<V> {
    private final ChangeLog<V> log;
    private volatile Snapshot<V> current;

    public MemoryStore() {
        this(Snapshot.empty());
    }

    /// For one whom nobody watches: only the newest change is retained, and old versions are soon garbage.
    public static <V> MemoryStore<V> unwatched() {
        return new MemoryStore<>(Snapshot.empty(), 1);
    }

    /// Goes on from a recovered state; changes before it are not retained.
    public MemoryStore(Snapshot<V> start) {
        this(start, ChangeLog.RETAINED);
    }

    MemoryStore(Snapshot<V> start, int retained) {
        current = start;
        log = new ChangeLog<>(start.revision(), retained);
    }

    @Override
    public Snapshot<V> current() {
        return current;
    }

    @Override
    public void commit(Draft<V> draft, Runnable published) {
        Check.that(
                draft.base() == current,
                "draft of revision=%s is stale",
                draft.base().revision());
        List<Change<V>> changes = draft.changes();
        Snapshot<V> next = draft.snapshot();
        if (!changes.isEmpty()) {
            current = next;
        }
        published.run();
        Set<WatchGroup<V>> touched = log.append(changes, next.revision());
        touched.forEach(WatchGroup::wakeAll);
    }

    @Override
    public @Nullable Watch<V> watch(String prefix, long afterRevision) {
        return log.open(prefix, afterRevision);
    }

    @Override
    public long retainedSince() {
        return log.retainedSince();
    }

    @Override
    public void close() {
        log.end();
    }
}
