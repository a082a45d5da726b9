package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Struct;
import org.jspecify.annotations.Nullable;

/// All patch forms of the API, over plain JSON trees. Arguments are never changed; results share no node with them.
public final class Patches {
    private Patches() {}

    /// RFC 6902. Throws [PatchError].
    public static JsonNode json(JsonNode tree, JsonNode patch) {
        return JsonPatch.apply(tree.deepCopy(), patch);
    }

    /// RFC 7386: an object patch adds, replaces, and removes by null; anything else replaces the whole.
    public static JsonNode merge(JsonNode tree, JsonNode patch) {
        return MergePatch.apply(tree, patch);
    }

    /// The merge patch (RFC 7386) from one version to the other, as `edit` sends it for types without merge keys.
    public static ObjectNode mergeDiff(JsonNode original, JsonNode modified) {
        return MergePatch.diff(original, modified);
    }

    /// Strategic merge by the merge keys of `schema`. Throws [PatchError].
    public static ObjectNode strategic(Struct schema, JsonNode tree, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw new PatchError(400, "invalid JSON document");
        }
        return StrategicMerge.applying().map(copy(tree), changes.deepCopy(), schema);
    }

    /// What `apply` sends: makes `current` follow the way from `original` (last applied; null for none) to `modified`,
    /// and leaves alone what neither names. Empty: nothing to do. Throws [PatchError] when a list item lacks its merge
    /// key.
    public static ObjectNode threeWay(Struct schema, @Nullable JsonNode original, JsonNode modified, JsonNode current) {
        ObjectNode changes = StrategicDiff.changes().maps(copy(current), copy(modified), schema);
        ObjectNode deletions = StrategicDiff.deletions().maps(copy(original), copy(modified), schema);
        return StrategicMerge.combining().map(deletions, changes, schema);
    }

    /// The strategic patch from one version to the other, as `edit` sends it. Empty: equal. Throws [PatchError] when a
    /// list item lacks its merge key.
    public static ObjectNode twoWay(Struct schema, JsonNode original, JsonNode modified) {
        return StrategicDiff.everything().maps(copy(original), copy(modified), schema);
    }

    private static ObjectNode copy(@Nullable JsonNode tree) {
        return tree instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }
}
