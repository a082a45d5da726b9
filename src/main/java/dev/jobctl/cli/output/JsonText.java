package dev.jobctl.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// JSON as kubectl prints it: four spaces, sorted keys, Go's escapes for `<`, `>` and `&`.
public final class JsonText {
    private JsonText() {}

    /// Ends with a line feed.
    public static String of(JsonNode tree) {
        StringBuilder text = new StringBuilder(1024);
        write(tree, "", text);
        return text.append('\n').toString();
    }

    /// On one line, with sorted keys and the same escapes; no line feed.
    public static String compact(JsonNode tree) {
        StringBuilder text = new StringBuilder(512);
        writeCompact(tree, text);
        return text.toString();
    }

    private static void writeCompact(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            names.sort(null);
            text.append('{');
            for (int i = 0; i < names.size(); i++) {
                text.append(i == 0 ? "" : ",");
                quote(names.get(i), text);
                text.append(':');
                writeCompact(node.get(names.get(i)), text);
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i == 0 ? "" : ",");
                writeCompact(node.get(i), text);
            }
            text.append(']');
        } else if (node.isTextual()) {
            quote(node.textValue(), text);
        } else {
            text.append(node);
        }
    }

    private static void write(JsonNode node, String indent, StringBuilder text) {
        if (node.isObject() && !node.isEmpty()) {
            writeObject(node, indent, text);
        } else if (node.isArray() && !node.isEmpty()) {
            writeArray(node, indent, text);
        } else if (node.isTextual()) {
            quote(node.textValue(), text);
        } else {
            text.append(node); // numbers, booleans, null, {} and []
        }
    }

    private static void writeObject(JsonNode node, String indent, StringBuilder text) {
        String deeper = indent + "    ";
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        text.append("{\n");
        for (Iterator<String> i = names.iterator(); i.hasNext(); ) {
            String name = i.next();
            text.append(deeper);
            quote(name, text);
            text.append(": ");
            write(node.get(name), deeper, text);
            text.append(i.hasNext() ? ",\n" : "\n");
        }
        text.append(indent).append('}');
    }

    private static void writeArray(JsonNode node, String indent, StringBuilder text) {
        String deeper = indent + "    ";
        text.append("[\n");
        for (Iterator<JsonNode> i = node.iterator(); i.hasNext(); ) {
            text.append(deeper);
            write(i.next(), deeper, text);
            text.append(i.hasNext() ? ",\n" : "\n");
        }
        text.append(indent).append(']');
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
