package dev.jobctl.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.jsonpath.JsonPathError;
import dev.jobctl.resource.value.Json;
import java.util.ArrayList;
import java.util.List;

/// Objects in every form but rows.
public final class Objects {
    private Objects() {}

    /// A `List` of them, as kubectl makes it for JSON and YAML of several.
    public static ObjectNode list(List<? extends JsonNode> items) {
        ObjectNode list = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.putObject("metadata").put("resourceVersion", "");
        list.putArray("items").addAll(items);
        return list;
    }

    /// Changes the tree: what people rarely want to see is gone.
    public static ObjectNode withoutManagedFields(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        for (JsonNode item : object.path("items")) {
            if (item instanceof ObjectNode inner) {
                withoutManagedFields(inner);
            }
        }
        return object;
    }

    /// The text of a jsonpath template filled in. Throws [IllegalArgumentException] with kubectl's words.
    public static String filled(Form.Path form, JsonNode tree, boolean allowMissing) {
        try {
            return form.template().print(tree, allowMissing);
        } catch (JsonPathError e) {
            throw new IllegalArgumentException(
                    "error executing jsonpath: Error executing template: " + e.getMessage() + ".", e);
        }
    }

    /// The cells of one object.
    public static List<String> cells(Form.Custom form, JsonNode object) {
        List<String> cells = new ArrayList<>();
        for (Form.Custom.Column column : form.columns()) {
            List<String> found = column.path().find(object, true).stream()
                    .flatMap(List::stream)
                    .filter(node -> !node.isMissingNode() && !node.isNull())
                    .map(Objects::cell)
                    .toList();
            cells.add(found.isEmpty() ? "<none>" : String.join(",", found));
        }
        return cells;
    }

    /// As Go prints a value: `map[a:b]`, `[1 2]`.
    private static String cell(JsonNode node) {
        if (node.isObject()) {
            List<String> parts = new ArrayList<>();
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            names.sort(null);
            names.forEach(name -> parts.add(name + ":" + cell(node.get(name))));
            return "map[" + String.join(" ", parts) + "]";
        }
        if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(item -> parts.add(cell(item)));
            return "[" + String.join(" ", parts) + "]";
        }
        return node.asText();
    }
}
