package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import org.jspecify.annotations.Nullable;

/// Why something may not be created now, in the API's own words.
final class Refusals {
    private Refusals() {}

    /// Null: nothing speaks against it.
    static @Nullable Status ofCreate(ObjectKey key, State state) {
        if (!key.kind().namespaced()) {
            return null;
        }
        @Nullable ObjectVersion namespace = state.get(Kinds.NAMESPACE.keyPrefix() + key.namespace());
        if (namespace == null) {
            return noNamespace(key.namespace());
        }
        return namespace.object().getMetadata().getDeletionTimestamp() == null ? null : terminating(key);
    }

    /// Whether the reason is that the namespace is going: then controllers give up without an event.
    static boolean isTerminating(Status status) {
        return status.getDetails() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static Status noNamespace(String namespace) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage("namespaces \"" + namespace + "\" not found")
                .withReason("NotFound")
                .withNewDetails()
                .withName(namespace)
                .withKind("namespaces")
                .endDetails()
                .withCode(404)
                .build();
    }

    private static Status terminating(ObjectKey key) {
        String because = "namespace " + key.namespace() + " is being terminated";
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage(key.kind().qualifiedPlural() + " \"" + key.name()
                        + "\" is forbidden: unable to create new content in namespace " + key.namespace()
                        + " because it is being terminated")
                .withReason("Forbidden")
                .withNewDetails()
                .withName(key.name())
                .withGroup(key.kind().group().isEmpty() ? null : key.kind().group())
                .withKind(key.kind().plural())
                .addNewCause("metadata.namespace", because, "NamespaceTerminating")
                .endDetails()
                .withCode(403)
                .build();
    }
}
