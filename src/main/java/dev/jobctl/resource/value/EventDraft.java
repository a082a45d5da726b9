package dev.jobctl.resource.value;

import org.jspecify.annotations.Nullable;

/// An Event to be recorded: the loop counts repeats and gives it name and times.
///
/// @param component such as `job-controller`; becomes source.component and reportingComponent
/// @param host source.host, null for none
/// @param fieldPath such as `spec.containers{pi}`, null for the whole object
public record EventDraft(
        ObjectRef regarding,
        Type type,
        String reason,
        String message,
        String component,
        @Nullable String host,
        @Nullable String fieldPath) {
    /// The two event types of Kubernetes.
    public enum Type {
        Normal,
        Warning
    }

    public static EventDraft normal(ObjectRef regarding, String reason, String message, String component) {
        return new EventDraft(regarding, Type.Normal, reason, message, component, null, null);
    }

    public static EventDraft warning(ObjectRef regarding, String reason, String message, String component) {
        return new EventDraft(regarding, Type.Warning, reason, message, component, null, null);
    }
}
