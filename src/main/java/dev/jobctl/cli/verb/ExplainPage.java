package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The text of `jobctl explain`, growing from top to bottom. Used once, by one thread.
final class ExplainPage {
    private static final int WIDTH = 76;
    private static final String MARGIN = "    ";

    private final Schema document;
    private final StringBuilder text = new StringBuilder();

    ExplainPage(Schema document) {
        this.document = document;
    }

    String text() {
        return text.toString();
    }

    void head(ResourceType type) {
        if (!type.group().isEmpty()) {
            text.append("GROUP:      ").append(type.group()).append('\n');
        }
        text.append("KIND:       ").append(type.kind()).append('\n');
        text.append("VERSION:    ").append(type.version()).append("\n\n");
    }

    void field(String name, JsonNode schema) {
        text.append("FIELD: ")
                .append(name)
                .append(" <")
                .append(document.type(schema))
                .append(">\n");
        List<String> values = values(schema);
        if (!values.isEmpty()) {
            text.append("ENUM:\n");
            values.forEach(value -> text.append(MARGIN).append(value).append('\n'));
        } else {
            text.append('\n');
        }
        text.append('\n');
    }

    void body(JsonNode schema, boolean recursive) {
        text.append("DESCRIPTION:\n");
        List<String> said = new ArrayList<>();
        describe(schema, said);
        if (said.isEmpty()) {
            said.add("<empty>");
        }
        said.forEach(sentence -> wrapped(sentence, MARGIN));
        text.append(MARGIN).append('\n');
        JsonNode fields = document.fields(schema);
        if (!fields.isEmpty()) {
            text.append("FIELDS:\n");
            fields(schema, "  ", recursive);
        }
        text.append('\n');
    }

    private void describe(JsonNode schema, List<String> said) {
        if (schema.has("description")) {
            said.add(schema.path("description").asText());
        }
        schema.path("allOf").forEach(part -> describe(part, said));
        if (schema.has("$ref")) {
            describe(document.resolved(schema), said);
        }
        if (schema.has("items")) {
            describe(schema.path("items"), said);
        }
        if (schema.path("additionalProperties").isObject()) {
            describe(schema.path("additionalProperties"), said);
        }
    }

    private void fields(JsonNode schema, String indent, boolean recursive) {
        List<String> required = new ArrayList<>();
        holder(schema).path("required").forEach(name -> required.add(name.asText()));
        document.fields(schema).properties().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> {
                    JsonNode field = entry.getValue();
                    text.append(indent)
                            .append(entry.getKey())
                            .append("\t<")
                            .append(document.type(field))
                            .append('>');
                    text.append(required.contains(entry.getKey()) ? " -required-\n" : "\n");
                    List<String> values = values(field);
                    if (!values.isEmpty()) {
                        text.append(indent)
                                .append("enum: ")
                                .append(String.join(", ", values))
                                .append('\n');
                    }
                    if (recursive) {
                        fields(field, indent + "  ", true);
                    } else {
                        wrapped(field.path("description").asText("<no description>"), indent + "  ");
                        text.append('\n');
                    }
                });
    }

    /// The schema that has the fields.
    private JsonNode holder(JsonNode schema) {
        JsonNode whole = document.resolved(schema);
        if (whole.has("items")) {
            return holder(whole.path("items"));
        }
        return whole.path("additionalProperties").isObject() ? holder(whole.path("additionalProperties")) : whole;
    }

    private static List<String> values(JsonNode schema) {
        return schema.path("enum").valueStream().map(JsonNode::asText).collect(Collectors.toList());
    }

    private void wrapped(String sentence, String indent) {
        for (String paragraph : sentence.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                    text.append(indent).append(line).append('\n');
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            text.append(indent).append(line).append('\n');
        }
    }
}
