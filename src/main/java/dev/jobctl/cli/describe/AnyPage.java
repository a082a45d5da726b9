package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An object of any kind: every field under a title made of its name.
final class AnyPage {
    private static final Set<String> TOLD_ABOVE = Set.of(
            ".metadata.managedFields",
            ".metadata.name",
            ".metadata.namespace",
            ".metadata.labels",
            ".metadata.annotations");
    private static final Set<String> ACRONYMS = Set.of("API", "URL", "UID", "OSB", "GUID");

    private AnyPage() {}

    static void write(Page page, JsonNode object) {
        Parts.head(page, object);
        fields(page, 0, object, "");
    }

    private static void fields(Page page, int level, JsonNode object, String path) {
        for (String name : Parts.keys(object)) {
            JsonNode value = object.path(name);
            String here = path + "." + name;
            if (TOLD_ABOVE.contains(here)) {
                continue;
            }
            if (value.isObject()) {
                page.line(level, title(name) + ":");
                fields(page, level + 1, value, here);
            } else if (value.isArray()) {
                page.line(level, title(name) + ":");
                items(page, level + 1, value, here);
            } else {
                page.line(level, title(name) + ":", text(value));
            }
        }
    }

    private static void items(Page page, int level, JsonNode array, String path) {
        for (JsonNode item : array) {
            if (item.isObject()) {
                fields(page, level, item, path);
            } else {
                page.line(level, text(item));
            }
        }
    }

    /// `creationTimestamp` becomes `Creation Timestamp`, `apiVersion` `API Version`; names with other signs stay.
    private static String title(String name) {
        if (!name.matches("[A-Za-z0-9-]+")) {
            return name;
        }
        List<String> words = new ArrayList<>();
        for (String word : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
            String upper = word.toUpperCase(Locale.ROOT);
            words.add(ACRONYMS.contains(upper) ? upper : upper.charAt(0) + word.substring(1));
        }
        return String.join(" ", words);
    }
}
