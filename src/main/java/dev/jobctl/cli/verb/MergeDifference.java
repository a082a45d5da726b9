package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import org.jspecify.annotations.Nullable;

/// The JSON merge patch of a client-side apply, for types whose merge keys nobody here knows (custom resources).
final class MergeDifference {
    private MergeDifference() {}

    /// Sets what `wanted` says differently from `current`; removes what `original` said and `wanted` no longer does.
    static ObjectNode of(@Nullable JsonNode original, JsonNode wanted, JsonNode current) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        wanted.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode now = current.path(name);
            JsonNode want = entry.getValue();
            if (want.isObject() && now.isObject()) {
                ObjectNode inner = of(original == null ? null : original.path(name), want, now);
                if (!inner.isEmpty()) {
                    patch.set(name, inner);
                }
            } else if (!want.equals(now) && !(want.isNull() && now.isMissingNode())) {
                patch.set(name, want);
            }
        });
        if (original != null) {
            original.fieldNames().forEachRemaining(name -> {
                if (!wanted.has(name) && current.has(name)) {
                    patch.putNull(name);
                }
            });
        }
        return patch;
    }
}
