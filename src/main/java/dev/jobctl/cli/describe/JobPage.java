package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.optional;
import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A Job.
final class JobPage {
    /// Longer lists of indexes are cut at the next comma.
    private static final int INDEXES_LENGTH = 50;

    private JobPage() {}

    static void write(Page page, JsonNode job) {
        JsonNode spec = job.path("spec");
        JsonNode status = job.path("status");
        Parts.nameAndNamespace(page, job);
        page.line(0, "Selector:", selector(spec.path("selector")));
        Parts.labelsAndAnnotations(page, job);
        Parts.controlledBy(page, job);
        optional(page, 0, "Parallelism", spec.path("parallelism"), "");
        page.line(0, "Completions:", or(spec.path("completions"), Parts.UNSET));
        optional(page, 0, "Completion Mode", spec.path("completionMode"), "");
        optional(page, 0, "Suspend", spec.path("suspend"), "");
        optional(page, 0, "Backoff Limit", spec.path("backoffLimit"), "");
        optional(page, 0, "TTL Seconds After Finished", spec.path("ttlSecondsAfterFinished"), "");
        times(page, status);
        optional(page, 0, "Active Deadline Seconds", spec.path("activeDeadlineSeconds"), "s");
        page.line(0, "Pods Statuses:", statuses(status));
        if (text(spec.path("completionMode")).equals("Indexed")) {
            page.line(0, "Completed Indexes:", indexes(text(status.path("completedIndexes"))));
        }
        TemplatePage.write(page, spec.path("template"));
    }

    private static void times(Page page, JsonNode status) {
        JsonNode start = status.path("startTime");
        JsonNode end = status.path("completionTime");
        if (!text(start).isEmpty()) {
            page.line(0, "Start Time:", Parts.date(start));
        }
        if (!text(end).isEmpty()) {
            page.line(0, "Completed At:", Parts.date(end));
        }
        if (!text(start).isEmpty() && !text(end).isEmpty()) {
            page.line(0, "Duration:", Parts.between(start, end));
        }
    }

    private static String statuses(JsonNode status) {
        String ready = status.hasNonNull("ready") ? " (" + status.path("ready").asInt() + " Ready)" : "";
        return status.path("active").asInt() + " Active" + ready + " / "
                + status.path("succeeded").asInt() + " Succeeded / "
                + status.path("failed").asInt() + " Failed";
    }

    private static String indexes(String text) {
        if (text.isEmpty()) {
            return Parts.NONE;
        }
        int comma = text.indexOf(',', INDEXES_LENGTH);
        return text.length() <= INDEXES_LENGTH || comma < 0 ? text : text.substring(0, comma + 1) + "...";
    }

    /// As Go prints a selector: requirements sorted by key, joined with commas.
    static String selector(JsonNode selector) {
        List<Map.Entry<String, String>> parts = new ArrayList<>();
        for (String key : Parts.keys(selector.path("matchLabels"))) {
            parts.add(
                    Map.entry(key, key + "=" + text(selector.at("/matchLabels").path(key))));
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            parts.add(Map.entry(text(expression.path("key")), expression(expression)));
        }
        parts.sort(Map.Entry.comparingByKey());
        return parts.stream().map(Map.Entry::getValue).collect(Collectors.joining(","));
    }

    private static String expression(JsonNode expression) {
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(text(value)));
        values.sort(null);
        String key = text(expression.path("key"));
        return switch (text(expression.path("operator"))) {
            case "In" -> key + " in (" + String.join(",", values) + ")";
            case "NotIn" -> key + " notin (" + String.join(",", values) + ")";
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
