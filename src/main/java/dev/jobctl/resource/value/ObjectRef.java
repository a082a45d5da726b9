package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// One object by place and identity: a later object of the same name has another uid and is not meant.
public record ObjectRef(ObjectKey key, String uid) {
    public static ObjectRef of(Kind kind, HasMetadata object) {
        return new ObjectRef(ObjectKey.of(kind, object), object.getMetadata().getUid());
    }
}
