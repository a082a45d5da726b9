package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// A snapshot in the making: changes on top of a base, each with its own revision. Owned by one thread, the loop's.
/// Nobody else sees it until [Store#commit].
public final class Draft<V> {
    private final Snapshot<V> base;
    private final List<Change<V>> changes = new ArrayList<>();
    private long revision;
    private TreePMap<String, Entry<V>> entries;

    public Draft(Snapshot<V> base) {
        this.base = base;
        this.revision = base.revision();
        this.entries = base.entries();
    }

    public @Nullable Entry<V> get(String key) {
        return entries.get(key);
    }

    /// Stores a new version. `value` is given the revision it will carry, so that it can be written into it.
    public Entry<V> put(String key, LongFunction<V> value) {
        @Nullable Entry<V> previous = entries.get(key);
        revision++;
        long created = previous == null ? revision : previous.createdRevision();
        Entry<V> current = new Entry<>(key, created, revision, value.apply(revision));
        entries = entries.plus(key, current);
        changes.add(new Change<>(key, revision, previous, current));
        return current;
    }

    /// Removes a key that is there. Returns the change.
    public Change<V> delete(String key) {
        @Nullable Entry<V> previous = entries.get(key);
        Check.that(previous != null, "delete of a key that is not there key=%s", key);
        revision++;
        entries = entries.minus(key);
        Change<V> change = new Change<>(key, revision, previous, null);
        changes.add(change);
        return change;
    }

    /// In order of revision; every change made so far.
    public List<Change<V>> changes() {
        return List.copyOf(changes);
    }

    /// How many changes were made so far; an index into them for [#changesSince].
    public int size() {
        return changes.size();
    }

    /// The changes from position `from` on, in order. A view: valid until the next change.
    public List<Change<V>> changesSince(int from) {
        return changes.subList(from, changes.size());
    }

    /// The state as it stands now, immutable.
    public Snapshot<V> snapshot() {
        return new Snapshot<>(revision, entries);
    }

    public Snapshot<V> base() {
        return base;
    }
}
