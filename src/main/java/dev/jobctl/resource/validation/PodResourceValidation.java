package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.view.PodTotals;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rule PLR-002: `resources` of a whole pod name resources, and leave room for what its containers say.
final class PodResourceValidation {
    private static final List<String> KNOWN = List.of("cpu", "hugepages-", "memory");

    private PodResourceValidation() {}

    static void check(PodSpec spec, String path, Complaints to) {
        @Nullable ResourceRequirements own = spec.getResources();
        if (own == null) {
            return;
        }
        if (spec.getOs() != null && "windows".equals(spec.getOs().getName())) {
            to.forbidden(path, "may not be set for a windows pod");
            return;
        }
        if (!list(own.getClaims()).isEmpty()) {
            to.forbidden(path + ".claims", "claims may not be set for Resources at pod-level");
        }
        ResourceValidation.check(own, PodResourceValidation::name, path, to);
        room(spec, map(own.getRequests()), map(own.getLimits()), path, to);
    }

    private static void name(String name, String path, Complaints to) {
        List<String> unqualified = Names.qualifiedName(name);
        to.invalidEach(path, name, unqualified);
        if (!unqualified.isEmpty()) {
            return;
        }
        if (name.indexOf('/') < 0 && !QuotaValidation.standard(name) && !name.equals("storage")) {
            to.invalid(path, name, "must be a standard resource type or fully qualified");
        } else if (!PodTotals.ofPods(name)) {
            to.notSupported(path, name, KNOWN);
        }
    }

    private static void room(
            PodSpec spec, Map<String, Quantity> requests, Map<String, Quantity> limits, String path, Complaints to) {
        PodTotals.QUANTITIES.containerRequests(spec).forEach((name, amount) -> {
            @Nullable Quantity request = requests.get(name);
            if (request != null && greater(amount, request)) {
                to.invalid(
                        path + ".requests[" + name + "]",
                        Quantities.text(request),
                        "must be greater than or equal to aggregate container requests of " + Quantities.text(amount));
            }
        });
        PodTotals.QUANTITIES.containerLimits(spec).forEach((name, amount) -> {
            @Nullable Quantity limit = limits.get(name);
            if (limit != null && name.startsWith("hugepages-") && greater(amount, limit)) {
                to.invalid(
                        path + ".limits[" + name + "]",
                        Quantities.text(limit),
                        "must be greater than or equal to aggregate container limits of " + Quantities.text(amount));
            }
        });
        List<Container> containers = list(spec.getContainers());
        for (int i = 0; i < containers.size(); i++) {
            @Nullable ResourceRequirements of = containers.get(i).getResources();
            for (Map.Entry<String, Quantity> each :
                    new TreeMap<>(of == null ? Map.of() : map(of.getLimits())).entrySet()) {
                @Nullable Quantity limit = limits.get(each.getKey());
                if (limit != null && greater(each.getValue(), limit)) {
                    to.invalid(
                            path + ".containers[" + i + "][" + each.getKey() + "].limits",
                            Quantities.text(each.getValue()),
                            "must be less than or equal to pod limits of " + Quantities.text(limit));
                }
            }
        }
    }

    private static boolean greater(Quantity a, Quantity b) {
        return Quantities.amount(a).compareTo(Quantities.amount(b)) > 0;
    }
}
