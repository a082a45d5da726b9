package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A question about labels: all requirements must hold. Made from text as after `-l` (`app=web,tier in (a, b),!old`)
/// or from the API's object form. Immutable; requirements are sorted by key, as the API prints them.
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = requirements.size() < 2
                ? List.copyOf(requirements)
                : requirements.stream()
                        .sorted(java.util.Comparator.comparing(Requirement::key))
                        .toList();
    }

    /// How a requirement compares.
    public enum Operator {
        In,
        NotIn,
        Equals,
        NotEquals,
        Exists,
        DoesNotExist,
        GreaterThan,
        LessThan
    }

    /// One question about one label.
    ///
    /// @param values sorted; empty for Exists and DoesNotExist, one for the comparing operators
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = values.size() < 2
                    ? Collections.unmodifiableList(new ArrayList<>(values))
                    : values.stream().distinct().sorted().toList();
        }

        boolean matches(Map<String, String> labels) {
            @Nullable String found = labels.get(key);
            return switch (operator) {
                case In, Equals -> found != null && values.contains(found);
                case NotIn, NotEquals -> found == null || !values.contains(found);
                case Exists -> found != null;
                case DoesNotExist -> found == null;
                case GreaterThan -> found != null && compare(found, values.getFirst()) > 0;
                case LessThan -> found != null && compare(found, values.getFirst()) < 0;
            };
        }

        /// Text that is no number never matches, on either side of the comparison.
        private int compare(String found, String limit) {
            try {
                return Long.compare(Long.parseLong(found), Long.parseLong(limit));
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        @Override
        public String toString() {
            String list = String.join(",", values);
            return switch (operator) {
                case In -> key + " in (" + list + ")";
                case NotIn -> key + " notin (" + list + ")";
                case Equals -> key + "=" + list;
                case NotEquals -> key + "!=" + list;
                case Exists -> key;
                case DoesNotExist -> "!" + key;
                case GreaterThan -> key + ">" + list;
                case LessThan -> key + "<" + list;
            };
        }
    }

    /// Empty text selects everything. A `Bad` has the API's message, such as
    /// `unable to parse requirement: found '=', expected: identifier`.
    public static Parsed<LabelSelector> parse(String text) {
        return LabelSelectorParser.parse(text);
    }

    /// All of these labels.
    public static LabelSelector ofLabels(Map<String, String> labels) {
        List<Requirement> all = new ArrayList<>(labels.size());
        labels.forEach((key, value) -> all.add(new Requirement(key, Operator.Equals, List.of(value))));
        return new LabelSelector(all);
    }

    /// The API's object form. As there: absent selects nothing, empty selects everything.
    public static Parsed<LabelSelector> of(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) {
            return new Parsed.Good<>(new LabelSelector(List.of(
                    new Requirement("", Operator.Exists, List.of()),
                    new Requirement("", Operator.DoesNotExist, List.of()))));
        }
        List<Requirement> found =
                new ArrayList<>(ofLabels(selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels())
                        .requirements());
        for (LabelSelectorRequirement each : selector.getMatchExpressions()) {
            @Nullable Operator operator = operator(each.getOperator());
            if (operator == null) {
                return new Parsed.Bad<>("\"" + each.getOperator() + "\" is not a valid label selector operator");
            }
            found.add(
                    new Requirement(each.getKey(), operator, each.getValues() == null ? List.of() : each.getValues()));
        }
        return new Parsed.Good<>(new LabelSelector(found));
    }

    private static @Nullable Operator operator(@Nullable String name) {
        return switch (name) {
            case "In" -> Operator.In;
            case "NotIn" -> Operator.NotIn;
            case "Exists" -> Operator.Exists;
            case "DoesNotExist" -> Operator.DoesNotExist;
            case null, default -> null;
        };
    }

    public boolean matches(@Nullable Map<String, String> labels) {
        Map<String, String> known = labels == null ? Map.of() : labels;
        for (Requirement requirement : requirements) { // asked for every pod at every decision: no stream
            if (!requirement.matches(known)) {
                return false;
            }
        }
        return true;
    }

    /// Whether every set of labels matches.
    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /// The text form, which `parse` reads back.
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
