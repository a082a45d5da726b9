package dev.jobctl.node.simulated;

import dev.jobctl.node.life.LifeEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to happen to the pods of a node later, in order of time and then of setting. What has become void is dropped
/// when its turn comes: there is no search.
final class Alarms {
    /// `event` happens to `pod` at `at`, unless it is void by then.
    record Alarm(Instant at, long order, SimulatedPod pod, LifeEvent event) {}

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

    void clear() {
        queue.clear();
    }
}
