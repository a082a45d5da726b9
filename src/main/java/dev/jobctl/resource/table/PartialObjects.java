package dev.jobctl.resource.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Objects cut down to their metadata, for clients that ask for `as=PartialObjectMetadata`.
public final class PartialObjects {
    private PartialObjects() {}

    /// Of one object's JSON. The metadata is shared with it: read only.
    public static ObjectNode of(JsonNode object) {
        ObjectNode partial = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", "meta.k8s.io/v1");
        return partial.set("metadata", object.path("metadata"));
    }
}
