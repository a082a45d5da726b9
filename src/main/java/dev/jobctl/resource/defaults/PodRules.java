package dev.jobctl.resource.defaults;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored objects that have a say in every new pod of one namespace.
///
/// @param limitRanges those of the namespace, in order of name
/// @param priorityClasses all of the cluster
public record PodRules(List<LimitRange> limitRanges, List<PriorityClass> priorityClasses) {
    public static final PodRules NONE = new PodRules(List.of(), List.of());

    public PodRules {
        limitRanges = List.copyOf(limitRanges);
        priorityClasses = List.copyOf(priorityClasses);
    }

    /// Why a pod may not be created.
    ///
    /// @param unnamed said before a generated name was drawn: the API's answer then shows `generateName`
    /// @param why what follows `is forbidden: `
    public record Refusal(boolean unnamed, String why) {}

    @Nullable
    PriorityClass priorityClass(String name) {
        for (PriorityClass each : priorityClasses) {
            if (name.equals(each.getMetadata().getName())) {
                return each;
            }
        }
        return null;
    }
}
