package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaSpec;
import io.fabric8.kubernetes.api.model.ScopedResourceSelectorRequirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A ResourceQuota: known resources, and scopes that fit them.
final class QuotaValidation {
    private static final Set<String> COMPUTE =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> STORAGE =
            Set.of("ephemeral-storage", "requests.storage", "requests.ephemeral-storage", "limits.ephemeral-storage");
    private static final List<String> SCOPES = List.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity");
    private static final String MUST_EXIST = "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating,"
            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or"
            + " ResourceQuotaScopeCrossNamespacePodAffinity";

    private QuotaValidation() {}

    static void check(ResourceQuota object, Complaints to) {
        @Nullable ResourceQuotaSpec spec = object.getSpec();
        if (spec == null) {
            return;
        }
        Map<String, Quantity> hard = new TreeMap<>(map(spec.getHard()));
        hard.forEach((name, amount) -> resource(name, amount, "spec.hard[" + name + "]", to));
        scopes(spec, hard.keySet(), to);
        if (spec.getScopeSelector() != null) {
            selector(spec, hard.keySet(), to);
        }
    }

    private static void resource(String name, Quantity amount, String path, Complaints to) {
        List<String> unqualified = Names.qualifiedName(name);
        to.invalidEach(path, name, unqualified);
        if (unqualified.isEmpty() && name.indexOf('/') < 0 && !standard(name)) {
            to.invalid(path, name, "must be a standard resource type or fully qualified");
            to.invalid(path, name, "must be a standard resource for quota");
        }
        boolean whole = COUNTED.contains(name) || name.indexOf('/') >= 0;
        ResourceValidation.amount(amount, whole, path, to);
    }

    static boolean standard(String name) {
        return COMPUTE.contains(name)
                || COUNTED.contains(name)
                || STORAGE.contains(name)
                || name.startsWith("hugepages-")
                || name.startsWith("requests.hugepages-");
    }

    private static void scopes(ResourceQuotaSpec spec, Set<String> hard, Complaints to) {
        List<String> scopes = list(spec.getScopes());
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                to.invalid("spec.scopes", scopes, "unsupported scope");
            }
            if (hard.stream().anyMatch(name -> !fits(scope, name))) {
                to.invalid("spec.scopes", scopes, "unsupported scope applied to resource");
            }
        }
        if (conflicting(new HashSet<>(scopes))) {
            to.invalid("spec.scopes", scopes, "conflicting scopes");
        }
    }

    private static void selector(ResourceQuotaSpec spec, Set<String> hard, Complaints to) {
        String path = "spec.scopeSelector.matchExpressions";
        Set<String> seen = new HashSet<>();
        for (ScopedResourceSelectorRequirement each :
                list(spec.getScopeSelector().getMatchExpressions())) {
            String scope = Settled.orEmpty(each.getScopeName());
            String operator = Settled.orEmpty(each.getOperator());
            seen.add(scope);
            if (!SCOPES.contains(scope)) {
                to.invalid(path + ".scopeName", scope, "unsupported scope");
            }
            if (hard.stream().anyMatch(name -> !fits(scope, name))) {
                to.invalid(path, scope, "unsupported scope applied to resource");
            }
            if (!scope.equals("PriorityClass") && SCOPES.contains(scope) && !operator.equals("Exists")) {
                to.invalid(path + ".operator", operator, MUST_EXIST);
            }
            values(operator, list(each.getValues()), path, to);
        }
        if (conflicting(seen)) {
            to.invalid(path, list(spec.getScopes()), "conflicting scopes");
        }
    }

    private static void values(String operator, List<String> values, String path, Complaints to) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    to.required(
                            path + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    to.invalid(
                            path + ".values",
                            values,
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> to.invalid(path + ".operator", operator, "not a valid selector operator");
        }
    }

    /// Of pods that ask for nothing only the number can be bounded.
    private static boolean fits(String scope, String resource) {
        return !standard(resource)
                || resource.equals("pods")
                || (!scope.equals("BestEffort") && COMPUTE.contains(resource))
                || !SCOPES.contains(scope);
    }

    private static boolean conflicting(Set<String> scopes) {
        return scopes.containsAll(List.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(List.of("Terminating", "NotTerminating"));
    }

    static void change(ResourceQuota old, ResourceQuota changed, Complaints to) {
        Set<String> before = old.getSpec() == null
                ? Set.of()
                : new HashSet<>(list(old.getSpec().getScopes()));
        List<String> after =
                changed.getSpec() == null ? List.of() : list(changed.getSpec().getScopes());
        if (!before.equals(new HashSet<>(after))) {
            to.invalid("spec.scopes", after, "field is immutable");
        }
    }
}
