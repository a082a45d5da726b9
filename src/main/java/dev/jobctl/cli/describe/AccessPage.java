package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who may do what: a role with its rules, a binding with its subjects.
final class AccessPage {
    private AccessPage() {}

    /// One line. What is empty does not matter to it; verbs of one resource stand together.
    private record Rule(List<String> verbs, String group, String resource, String name, String url) {
        /// Lines of one resource are one.
        private List<String> place() {
            return url.isEmpty() ? List.of(group, resource, name) : List.of(url, verbs.getFirst());
        }

        /// kubectl sorts rules by the text that Go prints of them.
        private String order() {
            return "Verbs:" + listed(verbs) + ",APIGroups:" + listed(group) + ",Resources:" + listed(resource)
                    + ",ResourceNames:" + listed(name) + ",NonResourceURLs:" + listed(url);
        }

        private String title() {
            int slash = resource.indexOf('/');
            String whole = slash < 0 ? resource : resource.substring(0, slash);
            return whole + (group.isEmpty() ? "" : "." + group) + (slash < 0 ? "" : resource.substring(slash));
        }
    }

    private static String listed(List<String> words) {
        return "[" + String.join(" ", words) + "]";
    }

    private static String listed(String word) {
        return "[" + word + "]";
    }

    static void role(Page page, JsonNode role) {
        head(page, role);
        page.line(0, "PolicyRule:");
        page.line(1, "Resources", "Non-Resource URLs", "Resource Names", "Verbs");
        page.line(1, "---------", "-----------------", "--------------", "-----");
        for (Rule rule : rules(role.path("rules"))) {
            page.line(1, rule.title(), listed(rule.url()), listed(rule.name()), listed(rule.verbs()));
        }
    }

    private static void head(Page page, JsonNode object) {
        page.line(0, "Name:", text(object.at("/metadata/name")));
        Parts.labelsAndAnnotations(page, object);
    }

    private static List<Rule> rules(JsonNode rules) {
        Map<List<String>, Rule> lines = new LinkedHashMap<>();
        for (JsonNode rule : rules) {
            for (String verb : Parts.texts(rule.path("verbs"))) {
                parts(rule, verb).forEach(part -> lines.merge(part.place(), part, AccessPage::together));
            }
        }
        return lines.values().stream().sorted(Comparator.comparing(Rule::order)).toList();
    }

    /// The rule for one verb, one of its resources at a time.
    private static List<Rule> parts(JsonNode rule, String verb) {
        List<Rule> parts = new ArrayList<>();
        for (String group : Parts.texts(rule.path("apiGroups"))) {
            for (String resource : Parts.texts(rule.path("resources"))) {
                List<String> names = Parts.texts(rule.path("resourceNames"));
                for (String name : names.isEmpty() ? List.of("") : names) {
                    parts.add(new Rule(List.of(verb), group, resource, name, ""));
                }
            }
        }
        for (String url : Parts.texts(rule.path("nonResourceURLs"))) {
            parts.add(new Rule(List.of(verb), "", "", "", url));
        }
        return parts;
    }

    private static Rule together(Rule one, Rule other) {
        List<String> verbs = new ArrayList<>(one.verbs());
        other.verbs().stream().filter(verb -> !verbs.contains(verb)).forEach(verbs::add);
        return new Rule(verbs, one.group(), one.resource(), one.name(), one.url());
    }

    static void binding(Page page, JsonNode binding) {
        head(page, binding);
        page.line(0, "Role:");
        page.line(1, "Kind:", text(binding.at("/roleRef/kind")));
        page.line(1, "Name:", text(binding.at("/roleRef/name")));
        page.line(0, "Subjects:");
        page.line(1, "Kind", "Name", "Namespace");
        page.line(1, "----", "----", "---------");
        for (JsonNode subject : binding.path("subjects")) {
            page.line(1, text(subject.path("kind")), text(subject.path("name")), text(subject.path("namespace")));
        }
    }
}
