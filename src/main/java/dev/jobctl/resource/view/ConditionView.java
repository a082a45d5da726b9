package dev.jobctl.resource.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A condition of a Job or Pod. `status` is `True`, `False` or `Unknown`; empty reason and message mean absent.
public record ConditionView(
        String type, String status, String reason, String message, @Nullable Instant lastTransition) {
    public boolean isTrue() {
        return status.equals("True");
    }
}
