package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// A snapshot in the making: changes on top of a base, each with its own revision. Owned by one thread, the loop's.
/// Nobody else sees it until [Store#commit].
///
/// What changes is gathered beside the persistent map, and woven into it only when somebody wants the whole: a key that
/// changes several times in a draft costs one path through the map.
public final class Draft<V> {
    private final Snapshot<V> base;
    private final List<Change<V>> changes = new ArrayList<>();
    private long revision;
    private TreePMap<String, Entry<V>> entries;
    /// What is newer than `entries`, by key; null: it is gone.
    private final Map<String, @Nullable Entry<V>> fresh = new HashMap<>();
    /// What was looked up in `entries`, where each search goes through many keys: most are asked for several times.
    /// Null: it is not there.
    private final Map<String, @Nullable Entry<V>> found = new HashMap<>();

    public Draft(Snapshot<V> base) {
        this.base = base;
        this.revision = base.revision();
        this.entries = base.entries();
    }

    public @Nullable Entry<V> get(String key) {
        @Nullable Entry<V> newest = fresh.get(key);
        if (newest != null || fresh.containsKey(key)) {
            return newest;
        }
        @Nullable Entry<V> known = found.get(key);
        if (known == null && !found.containsKey(key)) {
            known = entries.get(key);
            found.put(key, known);
        }
        return known;
    }

    /// All entries whose key starts with `prefix`, in key order. A view, of this moment.
    public Collection<Entry<V>> prefixed(String prefix) {
        for (String key : fresh.keySet()) {
            if (key.startsWith(prefix)) {
                weave();
                break;
            }
        }
        return new Snapshot<>(revision, entries).prefixed(prefix);
    }

    private void weave() {
        fresh.forEach((key, entry) -> entries = entry == null ? entries.minus(key) : entries.plus(key, entry));
        fresh.clear();
        found.clear();
    }

    /// Stores a new version. `value` is given the revision it will carry, so that it can be written into it.
    public Entry<V> put(String key, LongFunction<V> value) {
        @Nullable Entry<V> previous = get(key);
        revision++;
        long created = previous == null ? revision : previous.createdRevision();
        Entry<V> current = new Entry<>(key, created, revision, value.apply(revision));
        fresh.put(key, current);
        changes.add(new Change<>(key, revision, previous, current));
        return current;
    }

    /// Removes a key that is there. Returns the change.
    public Change<V> delete(String key) {
        @Nullable Entry<V> previous = get(key);
        Check.that(previous != null, "delete of a key that is not there key=%s", key);
        revision++;
        fresh.put(key, null);
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
        weave();
        return new Snapshot<>(revision, entries);
    }

    /// That of the newest change, or of the base.
    public long revision() {
        return revision;
    }

    public Snapshot<V> base() {
        return base;
    }
}
