package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.Collection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// An immutable state of the whole store at one revision. Any thread may read it for as long as it likes.
public final class Snapshot<V> {
    private final long revision;
    private final TreePMap<String, Entry<V>> entries;

    Snapshot(long revision, TreePMap<String, Entry<V>> entries) {
        this.revision = revision;
        this.entries = entries;
    }

    public static <V> Snapshot<V> empty() {
        return new Snapshot<>(0, TreePMap.empty());
    }

    /// A state read back from disk: its entries, each at most at `revision`.
    public static <V> Snapshot<V> of(long revision, Iterable<Entry<V>> entries) {
        TreePMap<String, Entry<V>> map = TreePMap.empty();
        for (Entry<V> entry : entries) {
            Check.that(entry.revision() <= revision, "entry above revision=%s entry=%s", revision, entry.revision());
            map = map.plus(entry.key(), entry);
        }
        return new Snapshot<>(revision, map);
    }

    /// The revision of the newest change in here; 0 when nothing was ever stored.
    public long revision() {
        return revision;
    }

    public @Nullable Entry<V> get(String key) {
        return entries.get(key);
    }

    /// All entries whose key starts with `prefix`, in key order. A view: costs nothing until walked.
    public Collection<Entry<V>> prefixed(String prefix) {
        return between(prefix, prefix + Character.MAX_VALUE);
    }

    /// All entries with `from <= key < to`, in key order. A view.
    public Collection<Entry<V>> between(String from, String to) {
        SortedMap<String, Entry<V>> range = entries.subMap(from, to);
        return range.values();
    }

    public int size() {
        return entries.size();
    }

    TreePMap<String, Entry<V>> entries() {
        return entries;
    }
}
