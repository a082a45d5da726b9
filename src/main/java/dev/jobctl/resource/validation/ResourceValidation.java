package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `resources` of a container, and what holds for those of a pod too.
final class ResourceValidation {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

    private ResourceValidation() {}

    /// Complains about the name of a resource.
    interface NameRule {
        void check(String name, String path, Complaints to);
    }

    static void check(ResourceRequirements resources, String path, Complaints to) {
        check(resources, ResourceValidation::name, path, to);
    }

    static void check(ResourceRequirements resources, NameRule rule, String path, Complaints to) {
        Map<String, Quantity> limits = new TreeMap<>(map(resources.getLimits()));
        Map<String, Quantity> requests = new TreeMap<>(map(resources.getRequests()));
        limits.forEach((name, amount) -> {
            rule.check(name, path + ".limits[" + name + "]", to);
            amount(amount, !overcommits(name), path + ".limits[" + name + "]", to);
        });
        requests.forEach((name, amount) -> {
            rule.check(name, path + ".requests[" + name + "]", to);
            amount(amount, !overcommits(name), path + ".requests[" + name + "]", to);
            against(name, amount, limits.get(name), path, to);
        });
        Set<String> names = new HashSet<>(limits.keySet());
        names.addAll(requests.keySet());
        if (names.stream().anyMatch(name -> name.startsWith("hugepages-"))
                && !names.contains("cpu")
                && !names.contains("memory")) {
            to.forbidden(path, "HugePages require cpu or memory");
        }
    }

    private static void name(String name, String path, Complaints to) {
        to.invalidEach(path, name, Names.qualifiedName(name));
        if (name.indexOf('/') < 0 && !isStandard(name)) {
            to.invalid(path, name, "must be a standard resource type or fully qualified");
            to.invalid(path, name, "must be a standard resource for containers");
        }
    }

    /// Well-formed, not negative and, if `whole`, an integer.
    static void amount(Quantity amount, boolean whole, String path, Complaints to) {
        String text = Quantities.text(amount);
        @Nullable BigDecimal number = Quantities.parse(text).orElse(null);
        if (number == null) {
            to.invalid(path, text, Quantities.SYNTAX);
        } else if (number.signum() < 0) {
            to.invalid(path, text, "must be greater than or equal to 0");
        } else if (whole && number.stripTrailingZeros().scale() > 0) {
            to.invalid(path, text, "must be an integer");
        }
    }

    private static void against(String name, Quantity request, @Nullable Quantity limit, String path, Complaints to) {
        String field = path + ".requests";
        String text = Quantities.text(request);
        if (limit == null) {
            if (!overcommits(name)) {
                to.required(path + ".limits", "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = Quantities.amount(request).compareTo(Quantities.amount(limit));
        if (order != 0 && !overcommits(name)) {
            to.invalid(field, text, "must be equal to " + name + " limit of " + Quantities.text(limit));
        } else if (order > 0) {
            to.invalid(field, text, "must be less than or equal to " + name + " limit of " + Quantities.text(limit));
        }
    }

    /// Whether a container can ask for a resource of this name, which has no slash.
    static boolean isStandard(String name) {
        return STANDARD.contains(name) || name.startsWith("hugepages-");
    }

    private static boolean overcommits(String name) {
        return STANDARD.contains(name);
    }
}
