package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conditions of pods, of which many have the same list: the views of the last one are remembered. Owned by one
/// thread.
public final class ConditionViews {
    private @Nullable List<PodCondition> last;
    private List<ConditionView> views = List.of();

    @SuppressWarnings("ReferenceEquality") // a stored list never changes: the same list means the same
    List<ConditionView> of(@Nullable List<PodCondition> conditions) {
        if (conditions == null || conditions != last) {
            views = ConditionView.ofPod(conditions);
            last = conditions;
        }
        return views;
    }
}
