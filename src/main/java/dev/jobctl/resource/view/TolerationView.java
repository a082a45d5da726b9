package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Toleration;
import org.jspecify.annotations.Nullable;

/// A taint that a pod bears.
///
/// @param key empty with `exists`: every taint
/// @param exists operator Exists; else the value must be equal
/// @param effect empty for every effect
/// @param seconds how long it bears NoExecute, null for ever
public record TolerationView(
        String key,
        boolean exists,
        String value,
        String effect,
        @Nullable Long seconds) {
    public boolean tolerates(TaintView taint) {
        boolean sameEffect = effect.isEmpty() || effect.equals(taint.effect());
        boolean sameKey = key.isEmpty() ? exists : key.equals(taint.key());
        return sameEffect && sameKey && (exists || value.equals(taint.value()));
    }

    static TolerationView of(Toleration toleration) {
        return new TolerationView(
                Holes.text(toleration.getKey()),
                Holes.text(toleration.getOperator()).equals("Exists"),
                Holes.text(toleration.getValue()),
                Holes.text(toleration.getEffect()),
                toleration.getTolerationSeconds());
    }
}
