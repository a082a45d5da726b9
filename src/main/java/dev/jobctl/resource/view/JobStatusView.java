package dev.jobctl.resource.view;

import dev.jobctl.resource.value.IndexSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Job's status without the API's holes: counters are 0 when absent.
///
/// @param ready null: never written yet
/// @param terminating null: never written yet
/// @param completedIndexes empty for NonIndexed Jobs
/// @param failedIndexes null without backoffLimitPerIndex
/// @param uncounted null: never written yet
public record JobStatusView(
        List<ConditionView> conditions,
        @Nullable Instant startTime,
        @Nullable Instant completionTime,
        int active,
        @Nullable Integer ready,
        @Nullable Integer terminating,
        int succeeded,
        int failed,
        IndexSet completedIndexes,
        @Nullable IndexSet failedIndexes,
        @Nullable Uncounted uncounted) {
    public JobStatusView {
        conditions = List.copyOf(conditions);
    }

    /// UIDs of terminated pods seen but not yet in the counters.
    public record Uncounted(List<String> succeeded, List<String> failed) {
        public static final Uncounted NONE = new Uncounted(List.of(), List.of());

        public Uncounted {
            succeeded = List.copyOf(succeeded);
            failed = List.copyOf(failed);
        }
    }

    /// Whether a condition of that type is True.
    public boolean has(String type) {
        return conditions.stream().anyMatch(c -> c.type().equals(type) && c.isTrue());
    }

    /// Complete or Failed: nothing will ever be decided again.
    public boolean finished() {
        return has("Complete") || has("Failed");
    }
}
