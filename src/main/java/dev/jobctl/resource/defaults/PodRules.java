package dev.jobctl.resource.defaults;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stored objects that have a say in every new pod of one namespace.
///
/// @param limitRanges those of the namespace, in order of name
/// @param priorityClasses all of the cluster
/// @param accounts the service accounts of the namespace, and whether their pods get a token that they did not ask for;
///     empty where no API waits for such tokens
public record PodRules(
        List<LimitRange> limitRanges, List<PriorityClass> priorityClasses, Map<String, Boolean> accounts) {
    public static final PodRules NONE = new PodRules(List.of(), List.of(), Map.of());

    public PodRules {
        accounts = Map.copyOf(accounts);
        limitRanges = List.copyOf(limitRanges);
        priorityClasses = List.copyOf(priorityClasses);
    }

    /// The accounts as [#accounts] has them.
    public static Map<String, Boolean> mounting(List<ServiceAccount> accounts) {
        Map<String, Boolean> mounting = new LinkedHashMap<>();
        for (ServiceAccount account : accounts) {
            mounting.put(
                    account.getMetadata().getName(),
                    Objects.requireNonNullElse(account.getAutomountServiceAccountToken(), true));
        }
        return mounting;
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
