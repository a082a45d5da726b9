package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import java.util.Map;
import java.util.TreeMap;

/// The annotation that client-side apply leaves, and how server-side apply by the same kubectl takes over from it.
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    /// Only this manager: whoever names another one does not want the two to mix.
    private static final String KUBECTL = "kubectl";

    private LastApplied() {}

    /// The fields that client-side apply set and that still are as it set them.
    static FieldSet fields(Owner owner, FieldType type, JsonNode live) {
        String text = live.path("metadata").path("annotations").path(ANNOTATION).asText();
        if (!owner.manager().equals(KUBECTL) || text.isEmpty()) {
            return new FieldSet();
        }
        try {
            JsonNode before = Json.MAPPER.readTree(text);
            Comparison difference = Comparison.of(type, before, live);
            return FieldWalk.fields(type, before).difference(difference.taken()).difference(difference.removed());
        } catch (JsonProcessingException | FieldType.Indistinct e) {
            return new FieldSet();
        }
    }

    /// The annotation follows, so that client-side apply can go on from there.
    static void sync(Owner owner, ObjectNode object, JsonNode config) {
        if (!owner.manager().equals(KUBECTL)
                || !object.path("metadata").path("annotations").has(ANNOTATION)) {
            return;
        }
        ObjectNode copy = config.deepCopy();
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        object.withObject("/metadata/annotations").put(ANNOTATION, sorted(copy) + "\n");
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            fields.forEach(sorted::set);
            return sorted;
        }
        if (node.isArray()) {
            var sorted = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return node;
    }
}
