package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Repeats, similar events and floods, with client-go's numbers.
class EventCorrelatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualPlane plane = new VirtualPlane();

    private Write say(String message) {
        return new Write.RecordEvent(dev.jobctl.resource.value.EventDraft.warning(
                plane.version(Kinds.NAMESPACE, "default").ref(), "Trouble", message, "test"));
    }

    @Test
    void theTenthSimilarMessageAndAllLaterOnesBecomeOneCombinedEvent() {
        for (int i = 1; i <= 12; i++) {
            plane.submit(say("number " + i));
        }
        List<String> events = plane.events("default");
        assertThat(events).hasSize(10);
        assertThat(events.getLast()).isEqualTo("Trouble: (combined from similar events): number 12 x3");
    }

    @Test
    void afterTwentyFiveEventsOneMoreIsTakenEveryFiveMinutes() {
        for (int i = 1; i <= 40; i++) {
            plane.submit(say("again"));
        }
        assertThat(plane.events("default")).containsExactly("Trouble: again x25");
        plane.pass(Duration.ofMinutes(5));
        plane.submit(say("again"));
        plane.submit(say("again"));
        assertThat(plane.events("default")).containsExactly("Trouble: again x26");
    }

    @Test
    void anEventIsNamedAfterItsObjectAndTheNanosecond() {
        plane.submit(say("one"));
        plane.submit(say("two"));
        String first = Long.toHexString(NOW.getEpochSecond() * 1_000_000_000L);
        String second = Long.toHexString(NOW.getEpochSecond() * 1_000_000_000L + 1);
        Event event = (Event) plane.version(Kinds.EVENT, "default." + first).object();
        assertThat(plane.find(Kinds.EVENT, "default." + second)).isNotNull();
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Namespace");
        assertThat(event.getSource().getComponent()).isEqualTo("test");
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(event.getType()).isEqualTo("Warning");
    }
}
