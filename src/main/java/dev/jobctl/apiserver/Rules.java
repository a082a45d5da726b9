package dev.jobctl.apiserver;

import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.validation.Warnings;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way of an object through the rules of `resource`, in their order: defaults, admission, preparation, validation,
/// warnings.
final class Rules {
    private Rules() {}

    /// Changes and returns the object, whose name is set and which is defaulted already. Throws [ApiError] 422 with
    /// everything that is wrong, 403 with
    /// what admission refuses.
    ///
    /// @param sound the pod spec of a Job's template, found right before; null when it is new
    static HasMetadata forCreate(
            Call call,
            Kind kind,
            HasMetadata object,
            Snapshot<ObjectVersion> snapshot,
            String uid,
            Instant now,
            @Nullable PodSpec sound) {
        @Nullable ApiError refused = Admission.admit(kind, object, snapshot);
        Preparation.forCreate(kind, object, uid, now);
        @Nullable String name = object.getMetadata().getName();
        complain(kind, name == null ? "" : name, Validation.create(kind, object, sound));
        if (refused != null) {
            throw refused;
        }
        if (object instanceof Service service) {
            ServiceAddresses.give(service, snapshot);
        }
        Warnings.of(kind, object).forEach(call::warn);
        return object;
    }

    /// Changes and returns the new version; the part that the path does not name stays as it was. Throws [ApiError]
    /// 422, and 403 with what admission refuses.
    static HasMetadata forUpdate(
            Call call, Target target, HasMetadata old, HasMetadata object, Snapshot<ObjectVersion> snapshot) {
        Kind kind = target.kind();
        if (target.subresource().equals("binding")) {
            return object;
        }
        boolean status = target.subresource().equals("status");
        Defaults.apply(kind, object);
        @Nullable String part = target.subresource().isEmpty() ? null : target.subresource();
        Preparation.forUpdate(kind, old, object, part);
        List<FieldError> errors = status ? Validation.status(kind, old, object) : Validation.update(kind, old, object);
        complain(kind, target.name(), errors);
        if (part == null) {
            Admission.checkUpdate(kind, old, object, snapshot);
        }
        boolean newSpec = !Objects.equals(
                old.getMetadata().getGeneration(), object.getMetadata().getGeneration());
        if (newSpec) {
            Warnings.ofSpec(kind, object).forEach(call::warn);
        }
        return object;
    }

    private static void complain(Kind kind, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiError.invalid(kind, name, errors);
        }
    }
}
