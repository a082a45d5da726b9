package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON merge patch, RFC 7386.
final class MergePatch {
    private MergePatch() {}

    static JsonNode apply(@Nullable JsonNode tree, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result =
                tree instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), apply(result.get(change.getKey()), change.getValue()));
            }
        }
        return result;
    }

    static ObjectNode diff(JsonNode original, JsonNode modified) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : modified.properties()) {
            @Nullable JsonNode before = original.get(entry.getKey());
            JsonNode after = entry.getValue();
            if (before instanceof ObjectNode && after instanceof ObjectNode) {
                ObjectNode inner = diff(before, after);
                if (!inner.isEmpty()) {
                    patch.set(entry.getKey(), inner);
                }
            } else if (before == null || !Trees.equal(before, after)) {
                patch.set(entry.getKey(), after.deepCopy());
            }
        }
        for (Map.Entry<String, JsonNode> entry : original.properties()) {
            if (!modified.has(entry.getKey())) {
                patch.putNull(entry.getKey());
            }
        }
        return patch;
    }
}
