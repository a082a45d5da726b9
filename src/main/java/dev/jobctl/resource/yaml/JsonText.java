package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON, one object after another. Text that begins with a brace but is no JSON is left to YAML, whose flow form
/// looks alike.
final class JsonText {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NodeBudget.MAX_DEPTH)
                    .build())
            .build();

    private final JsonParser parser;
    private final YamlReader.Collector collector;
    private final List<Document> read = new ArrayList<>();
    private final List<YamlProblem> duplicates = new ArrayList<>();

    private JsonText(JsonParser parser, YamlReader.Collector collector) {
        this.parser = parser;
        this.collector = collector;
    }

    private record Document(JsonNode tree, Marked marked) {}

    /// Does nothing and returns false when the text is not JSON throughout.
    static boolean read(String text, YamlReader.Collector collector) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonText reader = new JsonText(parser, collector);
            while (parser.nextToken() != null) {
                reader.read.add(reader.value());
            }
            reader.duplicates.forEach(
                    each -> collector.problem(new Mark(each.line(), each.column()), each.path(), each.message()));
            reader.read.forEach(document -> collector.document(document.tree(), document.marked()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Document value() throws IOException {
        if (!collector.budget.take(1)) {
            throw new IOException("too many values");
        }
        Mark at = mark();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> array(at);
            case VALUE_STRING -> new Document(NODES.textNode(parser.getText()), Marked.scalar(at));
            case VALUE_TRUE -> new Document(NODES.booleanNode(true), Marked.scalar(at));
            case VALUE_FALSE -> new Document(NODES.booleanNode(false), Marked.scalar(at));
            case VALUE_NULL -> new Document(NODES.nullNode(), Marked.scalar(at));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Document(number(), Marked.scalar(at));
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected token");
        };
    }

    private Document object(Mark at) throws IOException {
        ObjectNode node = NODES.objectNode();
        Map<String, Marked> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Mark keyMark = mark();
            parser.nextToken();
            Document value = value();
            @Nullable Marked first = members.get(key);
            if (first != null) {
                duplicates.add(YamlProblem.at(collector.source, keyMark, "", YamlMessages.duplicate(key, first.key())));
                continue;
            }
            node.set(key, value.tree());
            members.put(key, value.marked().under(keyMark));
        }
        return new Document(node, new Marked(at, at, members, List.of()));
    }

    private Document array(Mark at) throws IOException {
        ArrayNode node = NODES.arrayNode();
        List<Marked> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Document value = value();
            node.add(value.tree());
            items.add(value.marked());
        }
        return new Document(node, new Marked(at, at, Map.of(), items));
    }

    private JsonNode number() throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new IOException("number out of range");
        }
        return YamlScalars.number(value, parser.getText());
    }

    private Mark mark() {
        var location = parser.currentTokenLocation();
        return new Mark(location.getLineNr(), location.getColumnNr());
    }
}
