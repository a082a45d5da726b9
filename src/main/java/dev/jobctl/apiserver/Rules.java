package dev.jobctl.apiserver;

import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The way of an object through the rules of `resource`, in their order: defaults, preparation, validation, warnings.
final class Rules {
    private Rules() {}

    /// Changes and returns the object, whose name is set. Throws [ApiError] 422 with everything that is wrong.
    static HasMetadata forCreate(Call call, Kind kind, HasMetadata object, String uid, Instant now) {
        Defaults.apply(kind, object);
        Preparation.forCreate(kind, object, uid, now);
        return object;
    }

    /// Changes and returns the new version. `subresource` empty for the object itself.
    static HasMetadata forUpdate(Call call, Kind kind, HasMetadata old, HasMetadata object, String subresource) {
        if (subresource.equals("binding")) {
            return object;
        }
        @Nullable String part = subresource.isEmpty() ? null : subresource;
        Defaults.apply(kind, object);
        Preparation.forUpdate(kind, old, object, part);
        return object;
    }
}
