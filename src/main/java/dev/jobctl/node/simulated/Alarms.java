package dev.jobctl.node.simulated;

import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.runtime.ContainerEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to happen to the pods of a node later, in order of time and then of setting. What has become void is dropped
/// when its turn comes: there is no search.
final class Alarms {
    /// `event` happens to `pod` at `at`, unless it is void by then.
    record Alarm(Instant at, long order, SimulatedPod pod, LifeEvent event) {
        /// A run began when it was said to, and ends when its time has passed.
        Alarm moved(Duration by) {
            LifeEvent moved = switch (event) {
                case LifeEvent.Started(String name, String id, Instant startedAt) ->
                    new LifeEvent.Started(name, id, startedAt.plus(by));
                case LifeEvent.Exited(String name, int attempt, ContainerEnd end) ->
                    new LifeEvent.Exited(
                            name, attempt, end.finishedAt(end.finishedAt().plus(by)));
                default -> event;
            };
            return new Alarm(at.plus(by), order, pod, moved);
        }
    }

    private final PriorityQueue<Alarm> queue =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::order));
    private long set;

    void set(Instant at, SimulatedPod pod, LifeEvent event) {
        queue.add(new Alarm(at, set++, pod, event));
    }

    /// The first that still means something.
    @Nullable
    Alarm first() {
        @Nullable Alarm alarm = queue.peek();
        while (alarm != null && !alarm.pod().awaits(alarm)) {
            queue.remove();
            alarm = queue.peek();
        }
        return alarm;
    }

    /// The first, if it is due.
    @Nullable
    Alarm take(Instant now) {
        @Nullable Alarm alarm = first();
        if (alarm == null || alarm.at().isAfter(now)) {
            return null;
        }
        queue.remove();
        return alarm;
    }

    /// Somebody has set the clock by that much: all comes as soon as before. Its pods are told, too.
    void clockSet(Duration by) {
        List<Alarm> all = List.copyOf(queue);
        queue.clear();
        all.forEach(alarm -> queue.add(alarm.moved(by)));
    }

    void clear() {
        queue.clear();
    }
}
