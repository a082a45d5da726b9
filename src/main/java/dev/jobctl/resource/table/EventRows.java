package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rows of `get events`.
final class EventRows {
    static final List<Column> COLUMNS = List.of(
            Column.text("Last Seen", "Time since it happened last."),
            Column.text("Type", "Normal or Warning."),
            Column.text("Reason", "Short word for what happened."),
            Column.text("Object", "What it is about."),
            Column.text("Subobject", "The part of the object that it is about.").wide(),
            Column.text("Source", "Who tells it, and where that runs.").wide(),
            Column.text("Message", "What happened, in words."),
            Column.text("First Seen", "Time since it happened first.").wide(),
            Column.text("Count", "How often it happened.").wide(),
            Column.name("event").wide());

    private EventRows() {}

    static List<Object> cells(Event event, Instant now) {
        ObjectReference object = event.getInvolvedObject() == null ? new ObjectReference() : event.getInvolvedObject();
        String first = event.getFirstTimestamp() == null
                ? Cells.since(micro(event.getEventTime()), now)
                : Cells.since(event.getFirstTimestamp(), now);
        String last = event.getLastTimestamp() == null ? first : Cells.since(event.getLastTimestamp(), now);
        long count = Math.max(1, Cells.count(event.getCount()));
        if (event.getSeries() != null) {
            last = Cells.since(micro(event.getSeries().getLastObservedTime()), now);
            count = Cells.count(event.getSeries().getCount());
        }
        return List.of(
                last,
                Cells.text(event.getType()),
                Cells.text(event.getReason()),
                target(object),
                Cells.text(object.getFieldPath()),
                source(event),
                Cells.text(event.getMessage()).strip(),
                first,
                count,
                Cells.name(event));
    }

    private static @Nullable String micro(@Nullable MicroTime time) {
        return time == null ? null : time.getTime();
    }

    /// `job/pi`
    private static String target(ObjectReference object) {
        String kind = Cells.text(object.getKind()).toLowerCase(Locale.ROOT);
        return Cells.text(object.getName()).isEmpty() ? kind : kind + "/" + object.getName();
    }

    /// `job-controller`, or `kubelet, node-1`.
    private static String source(Event event) {
        EventSource source = event.getSource() == null ? new EventSource() : event.getSource();
        boolean old = !Cells.text(source.getComponent()).isEmpty();
        String component = old ? source.getComponent() : Cells.text(event.getReportingComponent());
        String host = Cells.text(old ? source.getHost() : event.getReportingInstance());
        return host.isEmpty() ? component : component + ", " + host;
    }
}
