package dev.jobctl.cli.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.yaml.YamlDocument;
import dev.jobctl.resource.yaml.YamlProblem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;

/// What the API would say about the values of a well-formed document, said before it is sent and with its place.
final class Values {
    /// Stands for what the server would make up.
    private static final String ANY_UID = "00000000-0000-0000-0000-000000000000";

    private Values() {}

    /// `tree` fits the kind's type. Nothing is said about what was read from a server before: then it is an update,
    /// whose rules need the stored object.
    static List<YamlProblem> check(Kind kind, JsonNode tree, YamlDocument document) {
        JsonNode metadata = tree.path("metadata");
        if (metadata.has("uid")
                || metadata.has("resourceVersion")
                || tree.path("spec").has("selector")) {
            return List.of();
        }
        HasMetadata object = Defaults.apply(kind, Json.bind(tree, kind.type()));
        name(kind, object.getMetadata());
        Preparation.forCreate(kind, object, ANY_UID, Instant.EPOCH);
        return Validation.create(kind, object).stream()
                .map(error -> document.problem(error.path(), error.message()))
                .toList();
    }

    private static void name(Kind kind, ObjectMeta metadata) {
        if (kind.namespaced() && metadata.getNamespace() == null) {
            metadata.setNamespace("default");
        }
        if (metadata.getName() == null && metadata.getGenerateName() != null) {
            metadata.setName(metadata.getGenerateName() + "abcde");
        }
    }
}
