package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaSpec;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.ScopedResourceSelectorRequirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A ResourceQuota as its controller sees it. Maps are in order of resource name.
///
/// @param hard how much there may be, in the numbers of [PodNeeds#requests]
/// @param hardText the same as written
/// @param scopes all must hold of a pod that the quota is to count; with any, only pods count
/// @param statusHard status.hard as written
/// @param statusUsed status.used as written
public record QuotaView(
        ObjectRef ref,
        Map<String, Long> hard,
        Map<String, String> hardText,
        List<Scope> scopes,
        Map<String, String> statusHard,
        Map<String, String> statusUsed) {
    public QuotaView {
        hard = sorted(hard);
        hardText = sorted(hardText);
        scopes = List.copyOf(scopes);
        statusHard = sorted(statusHard);
        statusUsed = sorted(statusUsed);
    }

    /// One question about a pod.
    ///
    /// @param name such as `BestEffort` or `PriorityClass`
    /// @param operator `Exists`, `DoesNotExist`, `In` or `NotIn`; what counts for PriorityClass only
    public record Scope(String name, String operator, List<String> values) {
        public Scope {
            values = List.copyOf(values);
        }
    }

    /// From a stored ResourceQuota: name, namespace and uid are set.
    public static QuotaView of(ResourceQuota quota) {
        ResourceQuotaSpec spec = quota.getSpec() == null ? new ResourceQuotaSpec() : quota.getSpec();
        ResourceQuotaStatus status = quota.getStatus() == null ? new ResourceQuotaStatus() : quota.getStatus();
        Map<String, Long> hard = new HashMap<>();
        Map<String, String> hardText = text(spec.getHard());
        if (spec.getHard() != null) {
            spec.getHard().forEach((name, amount) -> hard.put(name, Quantities.whole(name, amount)));
        }
        return new QuotaView(
                ObjectRef.of(Kinds.RESOURCE_QUOTA, quota),
                hard,
                hardText,
                scopes(spec),
                text(status.getHard()),
                text(status.getUsed()));
    }

    private static List<Scope> scopes(ResourceQuotaSpec spec) {
        List<Scope> scopes = new ArrayList<>();
        Holes.list(spec.getScopes()).forEach(name -> scopes.add(new Scope(name, "Exists", List.of())));
        if (spec.getScopeSelector() != null) {
            for (ScopedResourceSelectorRequirement each :
                    Holes.list(spec.getScopeSelector().getMatchExpressions())) {
                scopes.add(new Scope(
                        Holes.text(each.getScopeName()), Holes.text(each.getOperator()), Holes.list(each.getValues())));
            }
        }
        return scopes;
    }

    private static Map<String, String> text(@Nullable Map<String, Quantity> amounts) {
        Map<String, String> text = new HashMap<>();
        if (amounts != null) {
            amounts.forEach((name, amount) -> text.put(name, Quantities.text(amount)));
        }
        return text;
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
