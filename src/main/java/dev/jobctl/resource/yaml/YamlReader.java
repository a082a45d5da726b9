package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads manifests: YAML or JSON, one or many documents, lists of objects. Complains about everything that is wrong in
/// all documents, each complaint with its place, and never throws at a bad text.
public final class YamlReader {
    /// A manifest is kilobytes; an API server takes 3 MB for one object. A larger file is not a manifest.
    public static final long MAX_BYTES = 16 << 20;

    private YamlReader() {}

    /// For a file that need not be read at all: what is wrong with its size; null when nothing is.
    public static @Nullable YamlProblem tooLarge(String source, long bytes) {
        if (bytes <= MAX_BYTES) {
            return null;
        }
        return YamlProblem.at(
                source,
                Mark.START,
                "",
                "the file has " + bytes + " bytes, more than the limit of " + MAX_BYTES
                        + " (16 MiB); name a Kubernetes manifest, or split it into several files");
    }

    /// Reads a whole file, or refuses it by its size.
    ///
    /// @param source the file as the user named it, for messages
    /// @param bytes UTF-8, or UTF-16 or UTF-32 with or without a byte order mark
    public static YamlFile read(String source, byte[] bytes) {
        @Nullable YamlProblem size = tooLarge(source, bytes.length);
        if (size != null) {
            return new YamlFile(List.of(), List.of(size));
        }
        return switch (TextDecoder.decode(source, bytes)) {
            case TextDecoder.Decoded.Text(String text) -> read(source, text);
            case TextDecoder.Decoded.Unreadable(YamlProblem problem) -> new YamlFile(List.of(), List.of(problem));
        };
    }

    /// Reads text that is decoded already.
    public static YamlFile read(String source, String text) {
        Collector collector = new Collector(source);
        String start = text.stripLeading();
        if (!start.startsWith("{") || !JsonText.read(text, collector)) {
            YamlText.read(text, collector);
        }
        if (collector.seen == 0 && collector.problems.isEmpty()) {
            collector.problem(
                    Mark.START,
                    "",
                    (start.isEmpty() ? "the file is empty" : "the file has no document, only comments or separators")
                            + "; write a manifest that begins with apiVersion and kind");
        }
        return new YamlFile(collector.documents, collector.problems);
    }

    /// Takes what the readers of YAML and JSON find. Owned by one call.
    static final class Collector {
        final String source;
        final NodeBudget budget = new NodeBudget();
        private final List<YamlDocument> documents = new ArrayList<>();
        private final List<YamlProblem> problems = new ArrayList<>();
        private int seen;

        Collector(String source) {
            this.source = source;
        }

        void problem(Mark mark, String path, String message) {
            problems.add(YamlProblem.at(source, mark, path, message));
        }

        /// A whole document; null trees are documents without content and left out.
        void document(JsonNode tree, Marked marked) {
            if (tree.isNull() || tree.isMissingNode()) {
                return;
            }
            seen++;
            if (!(tree instanceof ObjectNode object)) {
                problem(
                        marked.value(),
                        "",
                        "the document is " + kindOf(tree) + ", not an object; begin it with apiVersion: and kind:");
                return;
            }
            if (isList(object)) {
                flatten((ArrayNode) object.get("items"), marked);
            } else {
                documents.add(new YamlDocument(source, object, new Marks(marked)));
            }
        }

        private void flatten(ArrayNode items, Marked list) {
            @Nullable Marked places = list.child("items");
            for (int i = 0; i < items.size(); i++) {
                @Nullable Marked place = places == null ? null : places.child(Integer.toString(i));
                Marked marked = place == null ? list : place;
                if (items.get(i) instanceof ObjectNode object) {
                    document(object, marked);
                } else {
                    problem(
                            marked.value(),
                            "items[" + i + "]",
                            "the item is " + kindOf(items.get(i)) + ", not an object; write one object per item");
                }
            }
        }

        /// `List` and `JobList` and the like: what `get -o yaml` writes.
        private static boolean isList(ObjectNode object) {
            return object.path("kind").asText("").endsWith("List") && object.get("items") instanceof ArrayNode;
        }
    }

    /// In the words of a message: `a list`, `a string`.
    static String kindOf(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case NULL, MISSING -> "empty";
            case STRING, BINARY, POJO -> "a string";
        };
    }
}
