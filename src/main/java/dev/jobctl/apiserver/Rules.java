package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;

/// The way of an object through the rules of `resource`: defaults, preparation, validation, warnings.
final class Rules {
    private Rules() {}

    static HasMetadata forCreate(Kind kind, HasMetadata object, Instant now, String uid) {
        object.getMetadata().setUid(uid);
        object.getMetadata().setCreationTimestamp(now.toString());
        object.getMetadata().setGeneration(1L);
        return object;
    }

    static HasMetadata forUpdate(Kind kind, HasMetadata old, HasMetadata object, boolean status) {
        object.getMetadata().setUid(old.getMetadata().getUid());
        object.getMetadata().setCreationTimestamp(old.getMetadata().getCreationTimestamp());
        return object;
    }

    static List<FieldError> create(Kind kind, HasMetadata object) {
        return List.of();
    }

    static List<FieldError> update(Kind kind, HasMetadata old, HasMetadata object, boolean status) {
        return List.of();
    }

    static List<String> warnings(Kind kind, HasMetadata object) {
        return Json.tree(object).isEmpty() ? List.of(kind.kind()) : List.of();
    }
}
