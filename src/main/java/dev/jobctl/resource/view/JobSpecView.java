package dev.jobctl.resource.view;

import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.Parsed;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Job's wishes, defaults filled in.
///
/// @param completions null for a work queue: any success ends it
/// @param backoffLimitPerIndex null: failures count for the Job as a whole
/// @param maxFailedIndexes null for no limit
/// @param activeDeadlineSeconds null for none
/// @param ttlSecondsAfterFinished null: a finished Job stays
/// @param managedBy null: by the Job controller
/// @param restartOnFailure the template's restartPolicy is OnFailure, not Never
/// @param replaceOnlyFailed podReplacementPolicy is Failed: no replacement for a pod that is still terminating
public record JobSpecView(
        CompletionMode mode,
        int parallelism,
        @Nullable Integer completions,
        int backoffLimit,
        @Nullable Integer backoffLimitPerIndex,
        @Nullable Integer maxFailedIndexes,
        @Nullable Long activeDeadlineSeconds,
        @Nullable Integer ttlSecondsAfterFinished,
        boolean suspended,
        boolean restartOnFailure,
        boolean replaceOnlyFailed,
        @Nullable PodFailurePolicyView podFailurePolicy,
        @Nullable SuccessPolicyView successPolicy,
        @Nullable String managedBy,
        LabelSelector selector) {
    private static final int DEFAULT_BACKOFF_LIMIT = 6;

    /// spec.completionMode; `Unknown` is one from a later version.
    public enum CompletionMode {
        NonIndexed,
        Indexed,
        Unknown
    }

    public boolean indexed() {
        return mode == CompletionMode.Indexed;
    }

    /// Whether each index has a back-off limit of its own.
    public boolean limitedPerIndex() {
        return indexed() && backoffLimitPerIndex != null;
    }

    static JobSpecView of(@Nullable JobSpec stored) {
        JobSpec spec = stored == null ? new JobSpec() : stored;
        boolean perIndex = spec.getBackoffLimitPerIndex() != null;
        boolean bothUnset = spec.getCompletions() == null && spec.getParallelism() == null;
        return new JobSpecView(
                mode(spec.getCompletionMode()),
                Holes.number(spec.getParallelism(), 1),
                bothUnset ? Integer.valueOf(1) : spec.getCompletions(),
                Holes.number(spec.getBackoffLimit(), perIndex ? Integer.MAX_VALUE : DEFAULT_BACKOFF_LIMIT),
                spec.getBackoffLimitPerIndex(),
                spec.getMaxFailedIndexes(),
                spec.getActiveDeadlineSeconds(),
                spec.getTtlSecondsAfterFinished(),
                Holes.yes(spec.getSuspend()),
                restartPolicy(spec.getTemplate()).equals("OnFailure"),
                "Failed".equals(spec.getPodReplacementPolicy()) || spec.getPodFailurePolicy() != null,
                PodFailurePolicyView.of(spec.getPodFailurePolicy()),
                SuccessPolicyView.of(spec.getSuccessPolicy()),
                spec.getManagedBy(),
                selector(spec));
    }

    private static CompletionMode mode(@Nullable String name) {
        return switch (name) {
            case "NonIndexed" -> CompletionMode.NonIndexed;
            case "Indexed" -> CompletionMode.Indexed;
            case null -> CompletionMode.NonIndexed;
            default -> CompletionMode.Unknown;
        };
    }

    private static String restartPolicy(@Nullable PodTemplateSpec template) {
        return template == null || template.getSpec() == null
                ? ""
                : Holes.text(template.getSpec().getRestartPolicy());
    }

    private static LabelSelector selector(JobSpec spec) {
        return switch (LabelSelector.of(spec.getSelector())) {
            case Parsed.Good<LabelSelector>(LabelSelector selector) -> selector;
            case Parsed.Bad<LabelSelector> unread -> nothing();
        };
    }

    /// Selects no pod: what an absent or unreadable selector means.
    private static LabelSelector nothing() {
        return new LabelSelector(List.of(
                new LabelSelector.Requirement("", LabelSelector.Operator.Exists, List.of()),
                new LabelSelector.Requirement("", LabelSelector.Operator.DoesNotExist, List.of())));
    }
}
