package dev.jobctl.resource.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.yaml.YamlReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;

/// Objects for tables of validation: a good one, and what a row changes in it.
final class Manifests {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static final String JOB = """
        metadata: {name: pi, namespace: default}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: pi, image: perl}
        """;

    static final String POD = """
        metadata: {name: pi, namespace: default}
        spec:
          containers:
          - {name: pi, image: perl}
        """;

    private Manifests() {}

    /// The base with the change merged in as a JSON merge patch: null removes.
    static <T extends HasMetadata> T of(Kind kind, Class<T> type, String base, String change) {
        ObjectNode tree = read(base);
        merge(tree, read(change));
        return Json.bind(tree, type);
    }

    static <T extends HasMetadata> T created(Kind kind, Class<T> type, String base, String change) {
        T object = of(kind, type, base, change);
        Defaults.apply(kind, object);
        return Preparation.forCreate(kind, object, "u-1", NOW);
    }

    static <T extends HasMetadata> List<String> create(Kind kind, Class<T> type, String base, String change) {
        return text(Validation.create(kind, created(kind, type, base, change)));
    }

    /// What is said about the second change after the first was stored with this status.
    static <T extends HasMetadata> List<String> update(
            Kind kind, Class<T> type, String base, String first, String status, String second) {
        ObjectNode stored = (ObjectNode) Json.tree(created(kind, type, base, first));
        merge(stored, read(status.isBlank() ? "{}" : "status: " + status));
        T old = Json.bind(stored, type);
        ObjectNode wanted = (ObjectNode) Json.tree(Json.copy(old));
        merge(wanted, read(second));
        T changed = Defaults.apply(kind, Json.bind(wanted, type));
        Preparation.forUpdate(kind, old, changed, null);
        return text(Validation.update(kind, old, changed));
    }

    static <T extends HasMetadata> List<String> status(
            Kind kind, Class<T> type, String base, String first, String before, String after) {
        ObjectNode stored = (ObjectNode) Json.tree(created(kind, type, base, first));
        stored.set("status", read("status: " + before).get("status"));
        T old = Json.bind(stored, type);
        stored.set("status", read("status: " + after).get("status"));
        T changed = Json.bind(stored, type);
        Preparation.forUpdate(kind, old, changed, "status");
        return text(Validation.status(kind, old, changed));
    }

    static List<String> text(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).toList();
    }

    static ObjectNode read(String yaml) {
        var file = YamlReader.read("row", yaml.isBlank() ? "{}" : yaml);
        if (!file.problems().isEmpty()) {
            throw new IllegalArgumentException(file.problems().toString());
        }
        return file.documents().getFirst().tree();
    }

    private static void merge(ObjectNode into, ObjectNode change) {
        change.properties().forEach(member -> {
            JsonNode old = into.get(member.getKey());
            if (member.getValue().isNull()) {
                into.remove(member.getKey());
            } else if (old instanceof ObjectNode inner && member.getValue() instanceof ObjectNode wanted) {
                merge(inner, wanted);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }
}
