package dev.jobctl.store;

import dev.jobctl.std.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All watches of one prefix and the retained changes that match it. Written under the log's lock by the appending
/// thread; readers take the last [View] without a lock. An array slot is written once and only later shown, so an older
/// view stays true; when the array is full, the living part moves to a new one.
final class WatchGroup<V> {
    private final String prefix;
    private final Set<LogWatch<V>> watches = ConcurrentHashMap.newKeySet();
    private @Nullable Object[] slots = new @Nullable Object[16];
    private int from;
    private int to;
    private long droppedRevision;
    private volatile View view;

    WatchGroup(String prefix, long droppedRevision) {
        this.prefix = prefix;
        this.droppedRevision = droppedRevision;
        view = new View(slots, 0, 0, droppedRevision);
    }

    String prefix() {
        return prefix;
    }

    /// What readers may see. `droppedRevision`: that of the newest matching change which is gone.
    record View(@Nullable Object[] slots, int from, int to, long droppedRevision) {
        @SuppressWarnings("unchecked") // only Change<V> is ever put in
        <V> Change<V> at(int i) {
            Object change = slots[i];
            Check.that(change != null, "empty slot i=%s from=%s to=%s", i, from, to);
            return (Change<V>) change;
        }

        /// The changes above `revision`, in order.
        <V> List<Change<V>> after(long revision) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (at(middle).revision() > revision) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            @SuppressWarnings("unchecked")
            Change<V>[] wanted = (Change<V>[]) new Change<?>[to - low];
            for (int i = low; i < to; i++) {
                wanted[i - low] = at(i);
            }
            return List.of(wanted);
        }
    }

    View view() {
        return view;
    }

    void add(Change<V> change) {
        if (to == slots.length) {
            int living = to - from;
            slots = Arrays.copyOf(Arrays.copyOfRange(slots, from, to), Math.max(16, living * 2));
            from = 0;
            to = living;
        }
        slots[to++] = change;
    }

    void dropFirst(long revision) {
        Check.that(from < to, "nothing to drop prefix=%s revision=%s", prefix, revision);
        from++;
        droppedRevision = revision;
    }

    /// Makes what was added and dropped visible.
    void show() {
        if (from > 16 && from > slots.length / 2) {
            int living = to - from;
            slots = Arrays.copyOf(Arrays.copyOfRange(slots, from, to), Math.max(16, living * 2));
            from = 0;
            to = living;
        }
        view = new View(slots, from, to, droppedRevision);
    }

    void join(LogWatch<V> watch) {
        watches.add(watch);
    }

    /// True when it was the last.
    boolean leave(LogWatch<V> watch) {
        watches.remove(watch);
        return watches.isEmpty();
    }

    void wakeAll() {
        for (LogWatch<V> watch : watches) {
            watch.wake();
        }
    }

    void endAll() {
        for (LogWatch<V> watch : watches) {
            watch.end();
        }
    }
}
