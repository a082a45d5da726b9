package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Removes Events some time after their last repeat. Owned by the loop's thread.
final class EventExpiry {
    /// No store key.
    private static final String UNKEPT = "";

    private final Duration ttl;
    private final Timers<String> due = new Timers<>();
    private @Nullable Instant lastTold;

    EventExpiry(Duration ttl) {
        this.ttl = ttl;
    }

    void follow(List<Change<ObjectVersion>> changes) {
        for (Change<ObjectVersion> change : changes) {
            @Nullable Entry<ObjectVersion> current = change.current();
            @Nullable Entry<ObjectVersion> previous = change.previous();
            if (current != null && Views.is(current.value(), Kinds.EVENT)) {
                due.set(change.key(), end(current.value()));
            } else if (current == null && previous != null && Views.is(previous.value(), Kinds.EVENT)) {
                due.set(change.key(), null);
            }
        }
    }

    /// Events that are not stored keep the clock as if they were: the last one's time is waited for.
    ///
    /// @param told when it was; null for never
    void follow(@Nullable Instant told) {
        if (told != null && !told.equals(lastTold)) {
            lastTold = told;
            due.set(UNKEPT, told.plus(ttl));
        }
    }

    /// At most `budget` of those whose time is over.
    void expire(int budget, WorkingState state, Instant now) {
        for (int i = 0; i < budget; i++) {
            @Nullable String key = due.due(now);
            if (key == null) {
                return;
            }
            @Nullable ObjectVersion event = state.get(key);
            if (event == null) {
                continue;
            }
            if (end(event).isAfter(now)) {
                due.set(key, end(event));
            } else {
                state.remove(event);
            }
        }
    }

    /// The Events that these changes took away are still there: they go at `again`.
    void undo(List<Change<ObjectVersion>> changes, Instant again) {
        for (Change<ObjectVersion> change : changes) {
            @Nullable Entry<ObjectVersion> previous = change.previous();
            if (change.current() == null && previous != null && Views.is(previous.value(), Kinds.EVENT)) {
                due.set(change.key(), again);
            }
        }
    }

    Optional<Instant> nextWake() {
        return due.next();
    }

    private Instant end(ObjectVersion version) {
        Event event = (Event) version.object();
        Instant last =
                later(time(event.getLastTimestamp()), time(event.getMetadata().getCreationTimestamp()));
        @Nullable
        MicroTime observed =
                event.getSeries() == null ? null : event.getSeries().getLastObservedTime();
        return (observed == null ? last : later(last, time(observed.getTime()))).plus(ttl);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// The epoch for none.
    private static Instant time(@Nullable String text) {
        return text == null || text.isEmpty()
                ? Instant.EPOCH
                : Timestamps.parse(text).orElse(Instant.EPOCH);
    }
}
