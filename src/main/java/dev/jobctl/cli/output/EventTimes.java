package dev.jobctl.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// When an event happened, first and last, in words.
public final class EventTimes {
    private EventTimes() {}

    /// `100s`, or `100s (x3 over 4m59s)` for repeated ones.
    public static String age(JsonNode event, Instant now) {
        String eventTime = event.path("eventTime").asText("");
        boolean hasEventTime = Timestamps.parse(eventTime).isPresent();
        String first =
                Ages.of(hasEventTime ? eventTime : event.path("firstTimestamp").asText(""), now);
        JsonNode series = event.path("series");
        if (series.isObject()) {
            return repeated(
                    Ages.of(series.path("lastObservedTime").asText(""), now),
                    series.path("count").asInt(),
                    first);
        }
        int count = event.path("count").asInt();
        return count > 1 ? repeated(Ages.of(event.path("lastTimestamp").asText(""), now), count, first) : first;
    }

    /// Oldest first; those of one moment stay as they are.
    public static <T extends JsonNode> List<T> byLastTime(List<T> events) {
        return events.stream()
                .sorted(Comparator.comparing((T event) -> last(event)))
                .toList();
    }

    private static Instant last(JsonNode event) {
        return Timestamps.parse(event.path("series").path("lastObservedTime").asText(""))
                .or(() -> Timestamps.parse(event.path("lastTimestamp").asText("")))
                .or(() -> Timestamps.parse(event.path("eventTime").asText("")))
                .orElse(Instant.EPOCH);
    }

    private static String repeated(String last, int count, String first) {
        return last + " (x" + count + " over " + first + ")";
    }
}
