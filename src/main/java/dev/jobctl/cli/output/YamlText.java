package dev.jobctl.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// YAML as kubectl prints it: block style, sorted keys, sequences not indented under their key, Go's quoting.
public final class YamlText {
    private final StringBuilder text = new StringBuilder(1024);

    private YamlText() {}

    /// Ends with a line feed.
    public static String of(JsonNode tree) {
        YamlText yaml = new YamlText();
        if (tree.isObject() && !tree.isEmpty()) {
            yaml.mapping(tree, 0, false);
        } else if (tree.isArray() && !tree.isEmpty()) {
            yaml.sequence(tree, 0);
        } else {
            yaml.leaf(tree, 0, 0);
        }
        return yaml.text.toString();
    }

    /// `inline`: the first key stands on a line already begun, behind `- `.
    private void mapping(JsonNode node, int indent, boolean inline) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        names.sort(GoKeys.ORDER);
        boolean first = inline;
        for (String name : names) {
            if (!first) {
                text.repeat(' ', indent);
            }
            first = false;
            String key = YamlScalar.key(name);
            text.append(key).append(':');
            JsonNode value = node.get(name);
            if (value.isObject() && !value.isEmpty()) {
                text.append('\n');
                mapping(value, indent + 2, false);
            } else if (value.isArray() && !value.isEmpty()) {
                text.append('\n');
                sequence(value, indent);
            } else {
                text.append(' ');
                leaf(value, indent + 2, indent + key.length() + 2);
            }
        }
    }

    private void sequence(JsonNode node, int indent) {
        for (JsonNode item : node) {
            text.repeat(' ', indent);
            text.append('-').append(' ');
            if (item.isObject() && !item.isEmpty()) {
                mapping(item, indent + 2, true);
            } else if (item.isArray() && !item.isEmpty()) {
                nested(item, indent + 2);
            } else {
                leaf(item, indent + 2, indent + 2);
            }
        }
    }

    /// A sequence as an item of a sequence: `- - a`.
    private void nested(JsonNode node, int indent) {
        int start = text.length();
        sequence(node, indent);
        text.delete(start, start + indent);
    }

    private void leaf(JsonNode value, int indent, int column) {
        if (value.isTextual()) {
            text.append(YamlScalar.value(value.textValue(), indent, column));
        } else {
            text.append(value); // numbers, booleans, null, {} and []
        }
        text.append('\n');
    }
}
