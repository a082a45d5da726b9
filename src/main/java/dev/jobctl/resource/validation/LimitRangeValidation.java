package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A LimitRange: what it says of one resource must not contradict itself.
final class LimitRangeValidation {
    private static final List<String> TYPES = List.of("Pod", "Container", "PersistentVolumeClaim");

    private LimitRangeValidation() {}

    static void check(LimitRange object, Complaints to) {
        Set<String> seen = new HashSet<>();
        List<LimitRangeItem> items =
                object.getSpec() == null ? List.of() : list(object.getSpec().getLimits());
        for (int i = 0; i < items.size(); i++) {
            String path = "spec.limits[" + i + "]";
            String type = Settled.orEmpty(items.get(i).getType());
            to.invalidEach(path + ".type", type, Names.qualifiedName(type));
            if (type.indexOf('/') < 0 && !TYPES.contains(type)) {
                to.invalid(path + ".type", type, "must be a standard limit type or fully qualified");
            }
            if (!seen.add(type)) {
                to.duplicate(path + ".type", type);
            }
            check(items.get(i), type, path, to);
        }
    }

    private static void check(LimitRangeItem item, String type, String path, Complaints to) {
        names(item.getMax(), type, path + ".max", to);
        names(item.getMin(), type, path + ".min", to);
        if (type.equals("Pod")) {
            if (!map(item.getDefault()).isEmpty()) {
                to.forbidden(path + ".default", "may not be specified when `type` is 'Pod'");
            }
            if (!map(item.getDefaultRequest()).isEmpty()) {
                to.forbidden(path + ".defaultRequest", "may not be specified when `type` is 'Pod'");
            }
        } else {
            names(item.getDefault(), type, path + ".default", to);
            names(item.getDefaultRequest(), type, path + ".defaultRequest", to);
        }
        names(item.getMaxLimitRequestRatio(), type, path + ".maxLimitRequestRatio", to);
        if (type.equals("PersistentVolumeClaim")
                && !map(item.getMin()).containsKey("storage")
                && !map(item.getMax()).containsKey("storage")) {
            to.required(
                    path + ".limits", "either minimum or maximum storage value is required, but neither was provided");
        }
        Set<String> resources = new TreeSet<>();
        resources.addAll(map(item.getMax()).keySet());
        resources.addAll(map(item.getMin()).keySet());
        if (!type.equals("Pod")) {
            resources.addAll(map(item.getDefault()).keySet());
            resources.addAll(map(item.getDefaultRequest()).keySet());
        }
        resources.addAll(map(item.getMaxLimitRequestRatio()).keySet());
        for (String resource : resources) {
            compare(new Bounds(item, resource, path), to);
        }
    }

    private static void names(@Nullable Map<String, Quantity> amounts, String type, String path, Complaints to) {
        for (Map.Entry<String, Quantity> each : new TreeMap<>(map(amounts)).entrySet()) {
            String name = each.getKey();
            String field = path + "[" + name + "]";
            to.invalidEach(field, name, Names.qualifiedName(name));
            boolean standard = ResourceValidation.isStandard(name)
                    || (type.equals("PersistentVolumeClaim") && name.equals("storage"));
            if (name.indexOf('/') < 0 && !standard) {
                to.invalid(field, name, "must be a standard resource type or fully qualified");
                if (type.equals("Pod") || type.equals("Container")) {
                    to.invalid(field, name, "must be a standard resource for containers");
                }
            }
            if (Quantities.parse(Quantities.text(each.getValue())).isEmpty()) {
                to.invalid(field, Quantities.text(each.getValue()), Quantities.SYNTAX);
            }
        }
    }

    /// What one item says of one resource; null for nothing.
    private record Bounds(
            String resource,
            String path,
            @Nullable Quantity min,
            @Nullable Quantity max,
            @Nullable Quantity limit,
            @Nullable Quantity request,
            @Nullable Quantity ratio) {
        Bounds(LimitRangeItem item, String resource, String path) {
            this(
                    resource,
                    path,
                    map(item.getMin()).get(resource),
                    map(item.getMax()).get(resource),
                    map(item.getDefault()).get(resource),
                    map(item.getDefaultRequest()).get(resource),
                    map(item.getMaxLimitRequestRatio()).get(resource));
        }

        String field(String name) {
            return path + "." + name + "[" + resource + "]";
        }
    }

    private static void compare(Bounds of, Complaints to) {
        ordered(of.min(), "min value", of.max(), "max value", of.field("min"), of.min(), to);
        ordered(
                of.min(),
                "min value",
                of.request(),
                "default request value",
                of.field("defaultRequest"),
                of.request(),
                to);
        ordered(
                of.request(),
                "default request value",
                of.max(),
                "max value",
                of.field("defaultRequest"),
                of.request(),
                to);
        ordered(
                of.request(),
                "default request value",
                of.limit(),
                "default limit value",
                of.field("defaultRequest"),
                of.request(),
                to);
        ordered(of.min(), "min value", of.limit(), "default value", of.field("default"), of.min(), to);
        ordered(of.limit(), "default value", of.max(), "max value", of.field("default"), of.max(), to);
        ratio(of, to);
    }

    /// Complains when the first is greater than the second.
    private static void ordered(
            @Nullable Quantity low,
            String lowName,
            @Nullable Quantity high,
            String highName,
            String field,
            @Nullable Quantity shown,
            Complaints to) {
        if (low != null && high != null && Quantities.amount(low).compareTo(Quantities.amount(high)) > 0) {
            to.invalid(
                    field,
                    Quantities.text(shown == null ? low : shown),
                    lowName + " " + Quantities.text(low) + " is greater than " + highName + " "
                            + Quantities.text(high));
        }
    }

    private static void ratio(Bounds of, Complaints to) {
        if (of.ratio() == null) {
            return;
        }
        BigDecimal ratio = Quantities.amount(of.ratio());
        String text = Quantities.text(of.ratio());
        if (ratio.compareTo(BigDecimal.ONE) < 0) {
            to.invalid(of.field("maxLimitRequestRatio"), text, "ratio " + text + " is less than 1");
        }
        double min = Quantities.amount(of.min()).doubleValue();
        if (of.max() != null && min > 0) {
            double most = Quantities.amount(of.max()).doubleValue() / min;
            if (ratio.doubleValue() > most) {
                to.invalid(
                        of.field("maxLimitRequestRatio"),
                        text,
                        "ratio " + text + " is greater than max/min = " + String.format(Locale.ROOT, "%f", most));
            }
        }
    }
}
