package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Names;
import java.util.List;

/// A taint as the command line names it: `KEY=VALUE:EFFECT`, `KEY:EFFECT`, or, to remove, `KEY` alone.
///
/// @param value empty for none
/// @param effect empty for every effect
record TaintWord(String key, String value, String effect) {
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    static TaintWord parse(String word) {
        String[] parts = word.split(":", -1);
        if (parts.length > 2) {
            throw new UsageError("invalid taint spec: " + word);
        }
        String effect = parts.length == 2 ? parts[1] : "";
        if (parts.length == 2 && !EFFECTS.contains(effect)) {
            throw new UsageError("invalid taint effect: " + effect + ", unsupported taint effect");
        }
        String[] pair = parts.length == 2 ? parts[0].split("=", -1) : new String[] {parts[0]};
        if (pair.length > 2) {
            throw new UsageError("invalid taint spec: " + word);
        }
        String value = pair.length == 2 ? pair[1] : "";
        complain(word, Names.labelValue(value));
        complain(word, Names.qualifiedName(pair[0]));
        return new TaintWord(pair[0], value, effect);
    }

    private static void complain(String word, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new UsageError("invalid taint spec: " + word + ", " + String.join("; ", wrong));
        }
    }

    /// Itself, if it says all that a new taint needs.
    TaintWord toAdd(String word) {
        if (effect.isEmpty()) {
            throw new UsageError("invalid taint spec: " + word);
        }
        return this;
    }

    /// Whether it means that taint of a node.
    boolean names(JsonNode taint) {
        return taint.path("key").asText().equals(key)
                && (effect.isEmpty() || taint.path("effect").asText().equals(effect));
    }

    ObjectNode taint() {
        ObjectNode taint = Json.MAPPER.createObjectNode().put("key", key);
        if (!value.isEmpty()) {
            taint.put("value", value);
        }
        return taint.put("effect", effect);
    }

    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + (effect.isEmpty() ? "" : ":" + effect);
    }
}
