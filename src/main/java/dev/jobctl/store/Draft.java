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
    /// What was looked up or changed, by key: a search in `entries` goes through many keys, and most are asked for
    /// several times.
    private final Map<String, Place<V>> places = new HashMap<>();
    /// Those whose entry is newer than `entries`, in the order in which they first changed.
    private final List<Place<V>> fresh = new ArrayList<>();

    /// One key and what it holds now; null: nothing.
    private static final class Place<V> {
        private final String key;
        private @Nullable Entry<V> entry;
        private boolean fresh;

        Place(String key, @Nullable Entry<V> entry) {
            this.key = key;
            this.entry = entry;
        }
    }

    public Draft(Snapshot<V> base) {
        this.base = base;
        this.revision = base.revision();
        this.entries = base.entries();
    }

    public @Nullable Entry<V> get(String key) {
        return place(key).entry;
    }

    private Place<V> place(String key) {
        @Nullable Place<V> known = places.get(key);
        if (known == null) {
            known = new Place<>(key, entries.get(key));
            places.put(key, known);
        }
        return known;
    }

    private void set(Place<V> place, @Nullable Entry<V> entry) {
        place.entry = entry;
        if (!place.fresh) {
            place.fresh = true;
            fresh.add(place);
        }
    }

    /// All entries whose key starts with `prefix`, in key order. A view, of this moment.
    public Collection<Entry<V>> prefixed(String prefix) {
        for (Place<V> place : fresh) {
            if (place.key.startsWith(prefix)) {
                weave();
                break;
            }
        }
        return new Snapshot<>(revision, entries).prefixed(prefix);
    }

    private void weave() {
        for (Place<V> place : fresh) {
            @Nullable Entry<V> entry = place.entry;
            entries = entry == null ? entries.minus(place.key) : entries.plus(place.key, entry);
            place.fresh = false;
        }
        fresh.clear();
    }

    /// Stores a new version. `value` is given the revision it will carry, so that it can be written into it.
    public Entry<V> put(String key, LongFunction<V> value) {
        Place<V> place = place(key);
        @Nullable Entry<V> previous = place.entry;
        revision++;
        long created = previous == null ? revision : previous.createdRevision();
        Entry<V> current = new Entry<>(key, created, revision, value.apply(revision));
        set(place, current);
        changes.add(new Change<>(key, revision, previous, current));
        return current;
    }

    /// Removes a key that is there. Returns the change.
    public Change<V> delete(String key) {
        Place<V> place = place(key);
        @Nullable Entry<V> previous = place.entry;
        Check.that(previous != null, "delete of a key that is not there key=%s", key);
        revision++;
        set(place, null);
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
