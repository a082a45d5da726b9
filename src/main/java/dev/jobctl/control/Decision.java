package dev.jobctl.control;

import dev.jobctl.resource.value.EventDraft;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a controller wants done, as data. Empty means quiet.
///
/// @param changes carried out in order, all in one round
/// @param wakeAt when to ask again although nothing changed; null for never
public record Decision(
        List<Change> changes,
        List<EventDraft> events,
        @Nullable Instant wakeAt) {
    private static final Decision QUIET = new Decision(List.of(), List.of(), null);

    public Decision {
        changes = List.copyOf(changes);
        events = List.copyOf(events);
    }

    public static Decision quiet() {
        return QUIET;
    }

    /// Whether applying it would do nothing.
    public boolean isQuiet() {
        return changes.isEmpty() && events.isEmpty();
    }
}
