package dev.jobctl.loop;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One wake-up time per task, the earliest first; equal times in the order in which they were set.
/// Owned by the loop's thread.
final class Timers<T> {
    private record Alarm<T>(Instant at, long order, T task) {}

    private final TreeSet<Alarm<T>> alarms =
            new TreeSet<>(Comparator.<Alarm<T>, Instant>comparing(Alarm::at).thenComparingLong(Alarm::order));
    private final Map<T, Alarm<T>> byTask = new HashMap<>();
    private long order;

    /// Replaces the task's earlier time; null takes it away.
    void set(T task, @Nullable Instant at) {
        @Nullable Alarm<T> old = byTask.remove(task);
        if (old != null) {
            alarms.remove(old);
        }
        if (at != null) {
            Alarm<T> alarm = new Alarm<>(at, order++, task);
            alarms.add(alarm);
            byTask.put(task, alarm);
        }
    }

    /// The next task whose time has come, taken out; null for none.
    @Nullable
    T due(Instant now) {
        if (alarms.isEmpty() || alarms.first().at().isAfter(now)) {
            return null;
        }
        Alarm<T> first = alarms.removeFirst();
        byTask.remove(first.task());
        return first.task();
    }

    Optional<Instant> next() {
        return alarms.isEmpty() ? Optional.empty() : Optional.of(alarms.first().at());
    }
}
