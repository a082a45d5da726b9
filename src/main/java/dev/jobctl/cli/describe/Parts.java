package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Durations;
import dev.jobctl.resource.value.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Pieces that pages of several kinds share.
final class Parts {
    static final String NONE = "<none>";
    static final String UNSET = "<unset>";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /// Longer annotations stand on lines of their own.
    private static final int ANNOTATION_LENGTH = 140;

    private Parts() {}

    static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "" : node.asText();
    }

    static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        return texts;
    }

    static String or(JsonNode node, String otherwise) {
        String text = text(node);
        return text.isEmpty() ? otherwise : text;
    }

    /// A line only when the field is there.
    static void optional(Page page, int level, String title, JsonNode value, String unit) {
        if (!value.isMissingNode() && !value.isNull() && !text(value).isEmpty()) {
            page.line(level, title + ":", text(value) + unit);
        }
    }

    static void nameAndNamespace(Page page, JsonNode object) {
        page.line(0, "Name:", text(object.at("/metadata/name")));
        page.line(0, "Namespace:", text(object.at("/metadata/namespace")));
    }

    static void labelsAndAnnotations(Page page, JsonNode object) {
        labels(page, "Labels", object.at("/metadata/labels"));
        annotations(page, "Annotations", object.at("/metadata/annotations"));
    }

    /// How most pages begin.
    static void head(Page page, JsonNode object) {
        nameAndNamespace(page, object);
        labelsAndAnnotations(page, object);
    }

    static void labels(Page page, String title, JsonNode labels) {
        List<String> lines = new ArrayList<>();
        for (String key : keys(labels)) {
            lines.add(key + "=" + text(labels.path(key)));
        }
        under(page, title, lines);
    }

    /// All on one line; `separator` between them.
    static void labels(Page page, String title, JsonNode labels, String separator) {
        String all = keys(labels).stream()
                .map(key -> key + "=" + text(labels.path(key)))
                .sorted()
                .collect(Collectors.joining(separator));
        page.line(0, title + ":", all.isEmpty() ? NONE : all);
    }

    static void annotations(Page page, String title, JsonNode annotations) {
        List<String> lines = new ArrayList<>();
        for (String key : keys(annotations)) {
            String value = text(annotations.path(key));
            if (key.equals(LAST_APPLIED)) {
                continue;
            }
            value = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
            if (value.length() + key.length() + 2 > ANNOTATION_LENGTH || value.contains("\n")) {
                lines.add(key + ":");
                for (String part : value.split("\n", -1)) {
                    lines.add("  " + shortened(part));
                }
            } else {
                lines.add(key + ": " + value);
            }
        }
        under(page, title, lines);
    }

    /// The first line beside the title, the others under it.
    static void under(Page page, String title, List<String> lines) {
        if (lines.isEmpty()) {
            page.line(0, title + ":", NONE);
        }
        for (int i = 0; i < lines.size(); i++) {
            page.line(0, i == 0 ? title + ":" : "", lines.get(i));
        }
    }

    static void controlledBy(Page page, JsonNode object) {
        for (JsonNode owner : object.at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                page.line(0, "Controlled By:", text(owner.path("kind")) + "/" + text(owner.path("name")));
            }
        }
    }

    /// `Sat, 21 Nov 2026 04:49:19 +0000`.
    static String date(JsonNode time) {
        return Timestamps.parse(text(time)).map(Parts::date).orElse("<unknown>");
    }

    private static String date(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    static String between(JsonNode from, JsonNode to) {
        return Timestamps.parse(text(from))
                .flatMap(a -> Timestamps.parse(text(to)).map(b -> Durations.human(Duration.between(a, b))))
                .orElse(NONE);
    }

    static void events(Page page, List<? extends JsonNode> events, Instant now) {
        if (events.isEmpty()) {
            page.line(0, "Events:", NONE);
            return;
        }
        page.line(0, "Events:");
        page.line(1, "Type", "Reason", "Age", "From", "Message");
        page.line(1, "----", "------", "----", "----", "-------");
        for (JsonNode event : dev.jobctl.cli.output.EventTimes.byLastTime(events)) {
            page.line(
                    1,
                    text(event.path("type")),
                    text(event.path("reason")),
                    dev.jobctl.cli.output.EventTimes.age(event, now),
                    or(event.at("/source/component"), text(event.path("reportingComponent"))),
                    text(event.path("message")).strip());
        }
    }

    static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        keys.sort(null);
        return keys;
    }

    static String trueOrFalse(JsonNode value) {
        return value.asBoolean() ? "True" : "False";
    }

    private static String shortened(String text) {
        return text.length() > ANNOTATION_LENGTH - 2 ? text.substring(0, ANNOTATION_LENGTH - 2) + "..." : text;
    }

    /// What a container or a whole pod may take and asks for.
    static void resources(Page page, int level, JsonNode resources) {
        amounts(page, level, "Limits:", resources.path("limits"));
        amounts(page, level, "Requests:", resources.path("requests"));
    }

    private static void amounts(Page page, int level, String title, JsonNode amounts) {
        if (!amounts.isEmpty()) {
            page.line(level, title);
        }
        for (String name : keys(amounts)) {
            page.line(level + 1, name + ":", text(amounts.path(name)));
        }
    }
}
