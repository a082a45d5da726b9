package dev.jobctl.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Struct;
import org.jspecify.annotations.Nullable;

/// All patch forms of the API, over plain JSON trees. Arguments are never changed; results share no node with them.
public final class Patches {
    private Patches() {}

    /// RFC 6902. Throws [PatchError].
    public static JsonNode json(JsonNode tree, JsonNode patch) {
        throw new UnsupportedOperationException("" + tree + patch);
    }

    /// RFC 7386.
    public static JsonNode merge(JsonNode tree, JsonNode patch) {
        throw new UnsupportedOperationException("" + tree + patch);
    }

    /// Strategic merge by the merge keys of `schema`. Throws [PatchError].
    public static ObjectNode strategic(Struct schema, JsonNode tree, JsonNode patch) {
        throw new UnsupportedOperationException("" + schema + tree + patch);
    }

    /// What `apply` sends: makes `current` follow the way from `original` (last applied; null for none) to `modified`,
    /// and leaves alone what neither names. Empty: nothing to do.
    public static ObjectNode threeWay(Struct schema, @Nullable JsonNode original, JsonNode modified, JsonNode current) {
        throw new UnsupportedOperationException("" + schema + original + modified + current);
    }

    /// The strategic patch from one version to the other, as `edit` sends it. Empty: equal.
    public static ObjectNode twoWay(Struct schema, JsonNode original, JsonNode modified) {
        throw new UnsupportedOperationException("" + schema + original + modified);
    }
}
