package dev.jobctl.apiserver.access;

import static dev.jobctl.resource.value.Settled.list;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whether some rules give all that others give. Pure.
final class Coverage {
    private Coverage() {}

    /// One right: one verb on one resource, or on one address that is none.
    ///
    /// @param name empty: any
    /// @param path empty: a resource
    record Right(String verb, String group, String resource, String name, String path) {
        private PolicyRule rule() {
            PolicyRule rule = new PolicyRule();
            rule.setVerbs(List.of(verb));
            if (path.isEmpty()) {
                rule.setApiGroups(List.of(group));
                rule.setResources(List.of(resource));
                rule.setResourceNames(name.isEmpty() ? List.of() : List.of(name));
            } else {
                rule.setNonResourceURLs(List.of(path));
            }
            return rule;
        }
    }

    /// What `wanted` gives and `held` does not, in the real server's short form, in order.
    static List<String> missing(List<PolicyRule> held, List<PolicyRule> wanted) {
        LinkedHashSet<Right> missing = new LinkedHashSet<>();
        for (PolicyRule rule : wanted) {
            for (Right right : rights(rule)) {
                if (held.stream().noneMatch(each -> covers(each, right))) {
                    missing.add(right);
                }
            }
        }
        TreeSet<String> texts = new TreeSet<>();
        compact(missing).forEach(rule -> texts.add(text(rule)));
        return List.copyOf(texts);
    }

    private static List<Right> rights(PolicyRule rule) {
        List<Right> rights = new ArrayList<>();
        List<String> names = list(rule.getResourceNames()).isEmpty() ? List.of("") : rule.getResourceNames();
        for (String verb : list(rule.getVerbs())) {
            for (String group : list(rule.getApiGroups())) {
                for (String resource : list(rule.getResources())) {
                    names.forEach(name -> rights.add(new Right(verb, group, resource, name, "")));
                }
            }
            list(rule.getNonResourceURLs()).forEach(path -> rights.add(new Right(verb, "", "", "", path)));
        }
        return rights;
    }

    private static boolean covers(PolicyRule held, Right right) {
        if (!RuleMatch.hasOrAny(list(held.getVerbs()), right.verb())) {
            return false;
        }
        if (!right.path().isEmpty()) {
            return list(held.getNonResourceURLs()).stream().anyMatch(url -> RuleMatch.covers(url, right.path()));
        }
        int slash = right.resource().indexOf('/');
        List<String> resources = list(held.getResources());
        boolean resource = RuleMatch.hasOrAny(resources, right.resource())
                || slash >= 0 && resources.contains("*" + right.resource().substring(slash));
        List<String> names = list(held.getResourceNames());
        return resource
                && RuleMatch.hasOrAny(list(held.getApiGroups()), right.group())
                && (names.isEmpty() || !right.name().isEmpty() && names.contains(right.name()));
    }

    /// Rights on the same thing become one rule with all their verbs.
    private static List<PolicyRule> compact(Iterable<Right> rights) {
        Map<Right, PolicyRule> byThing = new LinkedHashMap<>();
        for (Right right : rights) {
            boolean address = !right.path().isEmpty();
            Right thing =
                    new Right(address ? right.verb() : "", right.group(), right.resource(), right.name(), right.path());
            byThing.merge(thing, right.rule(), (one, other) -> {
                List<String> verbs = new ArrayList<>(one.getVerbs());
                verbs.addAll(other.getVerbs());
                one.setVerbs(verbs);
                return one;
            });
        }
        return List.copyOf(byThing.values());
    }

    private static String text(PolicyRule rule) {
        List<String> parts = new ArrayList<>();
        part(parts, "APIGroups", rule.getApiGroups());
        part(parts, "Resources", rule.getResources());
        part(parts, "NonResourceURLs", rule.getNonResourceURLs());
        part(parts, "ResourceNames", rule.getResourceNames());
        part(parts, "Verbs", rule.getVerbs());
        return "{" + String.join(", ", parts) + "}";
    }

    private static void part(List<String> parts, String name, List<String> values) {
        if (!list(values).isEmpty()) {
            parts.add(name + ":" + quoted(values));
        }
    }

    /// As Go prints a list of strings: `["a" "b"]`.
    static String quoted(List<String> values) {
        return "["
                + String.join(
                        " ", values.stream().map(each -> "\"" + each + "\"").toList()) + "]";
    }
}
