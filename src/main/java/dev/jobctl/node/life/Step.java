package dev.jobctl.node.life;

import dev.jobctl.resource.value.EventDraft;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one event leads to.
///
/// @param wakeAt when to send [LifeEvent.Woken] if nothing else happens before, null for never
public record Step(
        PodLife life,
        List<Effect> effects,
        List<EventDraft> events,
        @Nullable Instant wakeAt) {
    public Step {
        effects = List.copyOf(effects);
        events = List.copyOf(events);
    }
}
