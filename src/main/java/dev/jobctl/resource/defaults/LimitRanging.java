package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.view.PodTotals;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the LimitRanges of a namespace do to a new pod: they fill in what its containers do not say, and refuse what
/// is out of bounds; and what they say to a claim.
public final class LimitRanging {
    private static final String NOTE = "kubernetes.io/limit-ranger";

    private LimitRanging() {}

    /// Rule LIM-002: a container without a request or limit gets the default one, and an annotation tells so, of the
    /// last LimitRange that gave any. Nothing that is said changes.
    static void fill(Pod pod, List<LimitRange> ranges) {
        for (LimitRange range : ranges) {
            List<String> notes = new ArrayList<>();
            Map<String, Quantity> requests = new TreeMap<>();
            Map<String, Quantity> limits = new TreeMap<>();
            for (LimitRangeItem item : items(range)) {
                if ("Container".equals(item.getType())) {
                    requests.putAll(map(item.getDefaultRequest()));
                    limits.putAll(map(item.getDefault()));
                }
            }
            for (Container container : list(pod.getSpec().getContainers())) {
                fill(container, requests, limits, "container " + container.getName(), notes);
            }
            for (Container container : list(pod.getSpec().getInitContainers())) {
                fill(container, requests, limits, "init container " + container.getName(), notes);
            }
            if (!notes.isEmpty()) {
                note(pod, notes);
            }
        }
    }

    private static void note(Pod pod, List<String> notes) {
        Map<String, String> annotations =
                new LinkedHashMap<>(map(pod.getMetadata().getAnnotations()));
        annotations.put(NOTE, "LimitRanger plugin set: " + String.join("; ", notes));
        pod.getMetadata().setAnnotations(annotations);
    }

    private static void fill(
            Container container,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            String place,
            List<String> notes) {
        ResourceRequirements own =
                container.getResources() == null ? new ResourceRequirements() : container.getResources();
        container.setResources(own);
        Map<String, Quantity> request = new LinkedHashMap<>(map(own.getRequests()));
        Map<String, Quantity> limit = new LinkedHashMap<>(map(own.getLimits()));
        List<String> newRequests = missing(requests, request);
        List<String> newLimits = missing(limits, limit);
        if (!newRequests.isEmpty()) {
            own.setRequests(request);
            notes.add(String.join(", ", newRequests) + " request for " + place);
        }
        if (!newLimits.isEmpty()) {
            own.setLimits(limit);
            notes.add(String.join(", ", newLimits) + " limit for " + place);
        }
    }

    private static List<String> missing(Map<String, Quantity> defaults, Map<String, Quantity> said) {
        List<String> added = new ArrayList<>();
        defaults.forEach((name, amount) -> {
            if (said.putIfAbsent(name, amount) == null) {
                added.add(name);
            }
        });
        return added;
    }

    /// Rule LIM-003: the complaints of the first LimitRange that has any, as one text.
    static @Nullable String refusal(Pod pod, List<LimitRange> ranges) {
        return refusal(ranges, (item, wrong) -> check(pod, item, wrong));
    }

    /// Rule LIM-004: the same of a claim, which is bounded by what it asks for alone.
    public static @Nullable String refusal(PersistentVolumeClaim claim, List<LimitRange> ranges) {
        return refusal(ranges, (item, wrong) -> {
            if ("PersistentVolumeClaim".equals(item.getType())) {
                check(claim, item, wrong);
            }
        });
    }

    private static @Nullable String refusal(List<LimitRange> ranges, BiConsumer<LimitRangeItem, Set<String>> check) {
        for (LimitRange range : ranges) {
            Set<String> wrong = new LinkedHashSet<>();
            for (LimitRangeItem item : items(range)) {
                check.accept(item, wrong);
            }
            if (!wrong.isEmpty()) {
                return wrong.size() == 1 ? wrong.iterator().next() : "[" + String.join(", ", wrong) + "]";
            }
        }
        return null;
    }

    private static void check(Pod pod, LimitRangeItem item, Set<String> wrong) {
        if ("Container".equals(item.getType())) {
            Stream.concat(
                            list(pod.getSpec().getContainers()).stream(),
                            list(pod.getSpec().getInitContainers()).stream())
                    .map(Container::getResources)
                    .forEach(own -> check(
                            item,
                            own == null ? Map.of() : map(own.getRequests()),
                            own == null ? Map.of() : map(own.getLimits()),
                            wrong));
        } else if ("Pod".equals(item.getType())) {
            PodTotals<Quantity> totals = PodTotals.QUANTITIES;
            check(item, totals.requests(pod.getSpec()), totals.limits(pod.getSpec()), wrong);
        }
    }

    private static void check(PersistentVolumeClaim claim, LimitRangeItem item, Set<String> wrong) {
        boolean silent = claim.getSpec() == null || claim.getSpec().getResources() == null;
        Map<String, Quantity> requests =
                silent ? Map.of() : map(claim.getSpec().getResources().getRequests());
        minimum(item, requests, Map.of(), wrong);
        new TreeMap<>(map(item.getMax())).forEach((name, max) -> {
            String start = "maximum " + name + " usage per " + item.getType() + " is " + Quantities.text(max);
            @Nullable Quantity request = requests.get(name);
            if (request == null) {
                wrong.add(start + ".  No request is specified");
            } else if (less(max, request)) {
                wrong.add(start + ", but request is " + Quantities.text(request));
            }
        });
    }

    private static void check(
            LimitRangeItem item, Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> wrong) {
        minimum(item, requests, limits, wrong);
        maximum(item, requests, limits, wrong);
        ratio(item, requests, limits, wrong);
    }

    private static void minimum(
            LimitRangeItem item, Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> wrong) {
        new TreeMap<>(map(item.getMin())).forEach((name, min) -> {
            String start = "minimum " + name + " usage per " + item.getType() + " is " + Quantities.text(min);
            @Nullable Quantity request = requests.get(name);
            @Nullable Quantity limit = limits.get(name);
            if (request == null) {
                wrong.add(start + ".  No request is specified");
            } else if (less(request, min)) {
                wrong.add(start + ", but request is " + Quantities.text(request));
            } else if (limit != null && less(limit, min)) {
                wrong.add(start + ", but limit is " + Quantities.text(limit));
            }
        });
    }

    private static void maximum(
            LimitRangeItem item, Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> wrong) {
        new TreeMap<>(map(item.getMax())).forEach((name, max) -> {
            String start = "maximum " + name + " usage per " + item.getType() + " is " + Quantities.text(max);
            @Nullable Quantity request = requests.get(name);
            @Nullable Quantity limit = limits.get(name);
            if (limit == null) {
                wrong.add(start + ".  No limit is specified");
            } else if (less(max, limit)) {
                wrong.add(start + ", but limit is " + Quantities.text(limit));
            } else if (request != null && less(max, request)) {
                wrong.add(start + ", but request is " + Quantities.text(request));
            }
        });
    }

    private static void ratio(
            LimitRangeItem item, Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> wrong) {
        new TreeMap<>(map(item.getMaxLimitRequestRatio())).forEach((name, ratio) -> {
            String start = name + " max limit to request ratio per " + item.getType() + " is " + Quantities.text(ratio)
                    + ", but ";
            BigDecimal request = Quantities.amount(requests.get(name));
            BigDecimal limit = Quantities.amount(limits.get(name));
            if (request.signum() == 0) {
                wrong.add(start + "no request is specified or request is 0");
            } else if (limit.signum() == 0) {
                wrong.add(start + "no limit is specified or limit is 0");
            } else if (limit.compareTo(request.multiply(Quantities.amount(ratio))) > 0) {
                double given = limit.doubleValue() / request.doubleValue();
                wrong.add(start + "provided ratio is " + String.format(Locale.ROOT, "%f", given));
            }
        });
    }

    private static boolean less(Quantity a, Quantity b) {
        return Quantities.amount(a).compareTo(Quantities.amount(b)) < 0;
    }

    private static List<LimitRangeItem> items(LimitRange range) {
        return range.getSpec() == null ? List.of() : list(range.getSpec().getLimits());
    }
}
