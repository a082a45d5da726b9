package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The changes still retained, shared by all watches. One thread appends; any thread opens and closes watches.
///
/// Watches with the same prefix form a [WatchGroup], which has its own list of matching changes. So a reader pays for
/// what it wants to see, sleepers whose prefix is untouched sleep on, and a reader counts as fallen only when a change
/// that it wanted was dropped. The lock here is held for appending and for opening or closing a watch, never by
/// readers.
final class ChangeLog<V> {
    /// How many changes are kept: at about 5 KB for a version with its JSON, at most 100 MB in the worst burst, and
    /// several seconds of slack for a slow reader at full speed.
    static final int RETAINED = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Change<V>> retained = new ArrayDeque<>();
    private final Map<String, WatchGroup<V>> groups = new HashMap<>();
    /// Length of a prefix -> how many groups have a prefix of that length.
    private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

    private final int limit;
    private volatile long droppedRevision;
    private volatile long head;
    private boolean ended;

    ChangeLog(long startRevision, int limit) {
        Check.that(limit > 0, "limit=%s", limit);
        this.limit = limit;
        droppedRevision = startRevision;
        head = startRevision;
    }

    /// The newest revision that every watch can see already.
    long head() {
        return head;
    }

    /// Every change above this revision is still there.
    long retainedSince() {
        return droppedRevision;
    }

    /// Takes changes in order of revision up to `revision`. Returns the groups to be woken.
    Set<WatchGroup<V>> append(List<Change<V>> changes, long revision) {
        Set<WatchGroup<V>> touched = new LinkedHashSet<>();
        lock.lock();
        try {
            for (Change<V> change : changes) {
                retained.addLast(change);
                for (WatchGroup<V> group : matching(change.key())) {
                    group.add(change);
                    touched.add(group);
                }
            }
            while (retained.size() > limit) {
                dropOldest();
            }
            touched.forEach(WatchGroup::show);
            head = revision;
        } finally {
            lock.unlock();
        }
        return touched;
    }

    /// Null when changes after `afterRevision` were dropped.
    @Nullable
    Watch<V> open(String prefix, long afterRevision) {
        lock.lock();
        try {
            if (afterRevision < droppedRevision) {
                return null;
            }
            @Nullable WatchGroup<V> group = groups.get(prefix);
            if (group == null) {
                group = new WatchGroup<>(prefix, droppedRevision);
                groups.put(prefix, group);
                lengths.merge(prefix.length(), 1, Integer::sum);
                for (Change<V> change : retained) {
                    if (change.key().startsWith(prefix)) {
                        group.add(change);
                    }
                }
                group.show();
            }
            LogWatch<V> watch = new LogWatch<>(this, group, afterRevision);
            group.join(watch);
            if (ended) {
                watch.end();
            }
            return watch;
        } finally {
            lock.unlock();
        }
    }

    void leave(WatchGroup<V> group, LogWatch<V> watch) {
        lock.lock();
        try {
            if (group.leave(watch) && groups.remove(group.prefix(), group)) {
                lengths.computeIfPresent(group.prefix().length(), (length, count) -> count == 1 ? null : count - 1);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends all watches, also those opened later.
    void end() {
        List<WatchGroup<V>> all;
        lock.lock();
        try {
            ended = true;
            all = new ArrayList<>(groups.values());
        } finally {
            lock.unlock();
        }
        all.forEach(WatchGroup::endAll);
    }

    private void dropOldest() {
        Change<V> oldest = retained.removeFirst();
        droppedRevision = oldest.revision();
        for (WatchGroup<V> group : matching(oldest.key())) {
            group.dropFirst(oldest.revision());
            group.show();
        }
    }

    private List<WatchGroup<V>> matching(String key) {
        if (groups.isEmpty()) {
            return List.of();
        }
        List<WatchGroup<V>> found = new ArrayList<>(4);
        for (int length : lengths.keySet()) {
            if (length > key.length()) {
                break;
            }
            @Nullable WatchGroup<V> group = groups.get(key.substring(0, length));
            if (group != null) {
                found.add(group);
            }
        }
        return found;
    }
}
