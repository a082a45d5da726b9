package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Durations;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Cells that several tables share. This is the door where absent model values are settled.
final class Cells {
    static final String NONE = "<none>";
    static final String UNKNOWN = "<unknown>";

    private Cells() {}

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static String orElse(@Nullable String value, String other) {
        return value == null || value.isEmpty() ? other : value;
    }

    static long count(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    static long size(@Nullable Map<?, ?> map) {
        return map == null ? 0 : map.size();
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static boolean yes(@Nullable Boolean value) {
        return value != null && value;
    }

    static @Nullable Instant time(@Nullable String value) {
        return value == null || value.isEmpty() ? null : Timestamps.parse(value).orElse(null);
    }

    static String age(HasMetadata object, Instant now) {
        return since(object.getMetadata().getCreationTimestamp(), now);
    }

    static String since(@Nullable String then, Instant now) {
        return Durations.since(time(then), now);
    }

    static String name(HasMetadata object) {
        return text(object.getMetadata().getName());
    }

    /// The app containers' names or images, joined by commas.
    static String containers(@Nullable PodTemplateSpec template, Function<Container, @Nullable String> part) {
        if (template == null || template.getSpec() == null) {
            return "";
        }
        return list(template.getSpec().getContainers()).stream()
                .map(container -> text(part.apply(container)))
                .collect(Collectors.joining(","));
    }

    /// `a=b,c in (d,e),!f` sorted by key; `<none>` for an empty or absent selector.
    static String selector(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NONE;
        }
        Map<String, List<String>> byKey = new TreeMap<>();
        if (selector.getMatchLabels() != null) {
            selector.getMatchLabels()
                    .forEach((key, value) ->
                            byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(key + "=" + value));
        }
        for (LabelSelectorRequirement rule : list(selector.getMatchExpressions())) {
            byKey.computeIfAbsent(text(rule.getKey()), _ -> new ArrayList<>()).add(requirement(rule));
        }
        String whole = byKey.values().stream().flatMap(List::stream).collect(Collectors.joining(","));
        return whole.isEmpty() ? NONE : whole;
    }

    private static String requirement(LabelSelectorRequirement rule) {
        String values = list(rule.getValues()).stream().sorted().collect(Collectors.joining(",", "(", ")"));
        return switch (text(rule.getOperator())) {
            case "In" -> rule.getKey() + " in " + values;
            case "NotIn" -> rule.getKey() + " notin " + values;
            case "DoesNotExist" -> "!" + rule.getKey();
            default -> text(rule.getKey());
        };
    }
}
