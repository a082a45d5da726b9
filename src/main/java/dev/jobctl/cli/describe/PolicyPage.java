package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What bounds, orders and spares pods: a ResourceQuota, a LimitRange, a PriorityClass, a PodDisruptionBudget.
final class PolicyPage {
    private PolicyPage() {}

    static void quota(Page page, JsonNode quota) {
        Parts.nameAndNamespace(page, quota);
        List<String> scopes = scopes(quota);
        if (!scopes.isEmpty()) {
            page.line(0, "Scopes:", String.join(", ", scopes));
            meanings(scopes).forEach(meaning -> page.line(0, " * " + meaning));
        }
        page.line(0, "Resource", "Used", "Hard");
        page.line(0, "--------", "----", "----");
        bounds(page, 0, quota);
    }

    /// Those of a namespace, for its page.
    static void quotas(Page page, List<? extends JsonNode> quotas) {
        page.line(0, quotas.isEmpty() ? "No resource quota." : "Resource Quotas");
        for (JsonNode quota : quotas) {
            page.line(1, "Name:", text(quota.at("/metadata/name")));
            List<String> scopes = scopes(quota);
            if (!scopes.isEmpty()) {
                page.line(1, "Scopes:", String.join(", ", scopes));
                meanings(scopes).forEach(meaning -> page.line(1, "* " + meaning));
            }
            page.line(1, "Resource", "Used", "Hard");
            page.line(1, "--------", "---", "---");
            bounds(page, 1, quota);
        }
    }

    private static List<String> scopes(JsonNode quota) {
        List<String> scopes = new ArrayList<>();
        quota.at("/spec/scopes").forEach(scope -> scopes.add(text(scope)));
        scopes.sort(null);
        return scopes;
    }

    private static List<String> meanings(List<String> scopes) {
        return scopes.stream()
                .map(PolicyPage::meaning)
                .filter(meaning -> !meaning.isEmpty())
                .toList();
    }

    private static void bounds(Page page, int level, JsonNode quota) {
        JsonNode hard = quota.at("/status/hard");
        for (String name : Parts.keys(hard)) {
            String used = Parts.or(quota.at("/status/used").path(name), "0");
            page.line(level, name, used, text(hard.path(name)));
        }
    }

    private static String meaning(String scope) {
        return switch (scope) {
            case "Terminating" ->
                "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before"
                        + " being actively terminated by the system.";
            case "NotTerminating" ->
                "Matches all pods that do not have an active deadline. These pods usually include long running pods"
                        + " whose container command is not expected to terminate.";
            case "BestEffort" ->
                "Matches all pods that do not have resource requirements set. These pods have a best effort quality"
                        + " of service.";
            case "NotBestEffort" ->
                "Matches all pods that have at least one resource requirement set. These pods have a burstable or"
                        + " guaranteed quality of service.";
            default -> "";
        };
    }

    static void limits(Page page, JsonNode limits) {
        Parts.nameAndNamespace(page, limits);
        rows(page, "", List.of(limits));
    }

    /// Those of a namespace, for its page.
    static void limitRanges(Page page, List<? extends JsonNode> ranges) {
        page.line(0, ranges.isEmpty() ? "No LimitRange resource." : "Resource Limits");
        if (!ranges.isEmpty()) {
            rows(page, " ", ranges);
        }
    }

    private static void rows(Page page, String indent, List<? extends JsonNode> ranges) {
        page.line(
                0,
                indent + "Type",
                "Resource",
                "Min",
                "Max",
                "Default Request",
                "Default Limit",
                "Max Limit/Request Ratio");
        page.line(
                0,
                indent + "----",
                "--------",
                "---",
                "---",
                "---------------",
                "-------------",
                "-----------------------");
        ranges.forEach(range -> range.at("/spec/limits").forEach(item -> rows(page, indent, item)));
    }

    private static void rows(Page page, String indent, JsonNode item) {
        Set<String> resources = new TreeSet<>();
        for (String part : List.of("min", "max", "default", "defaultRequest", "maxLimitRequestRatio")) {
            resources.addAll(Parts.keys(item.path(part)));
        }
        for (String resource : resources) {
            page.line(
                    0,
                    indent + text(item.path("type")),
                    resource,
                    cell(item, "min", resource),
                    cell(item, "max", resource),
                    cell(item, "defaultRequest", resource),
                    cell(item, "default", resource),
                    cell(item, "maxLimitRequestRatio", resource));
        }
    }

    private static String cell(JsonNode item, String part, String resource) {
        return Parts.or(item.path(part).path(resource), "-");
    }

    static void budget(Page page, JsonNode budget) {
        JsonNode spec = budget.path("spec");
        Parts.nameAndNamespace(page, budget);
        if (spec.hasNonNull("minAvailable")) {
            page.line(0, "Min available:", text(spec.path("minAvailable")));
        } else {
            Parts.optional(page, 0, "Max unavailable", spec.path("maxUnavailable"), "");
        }
        String selector = JobPage.selector(spec.path("selector"));
        String chosen = selector.isEmpty() ? Parts.NONE : selector;
        page.line(0, "Selector:", spec.hasNonNull("selector") ? chosen : Parts.UNSET);
        page.line(0, "Status:");
        JsonNode status = budget.path("status");
        page.line(2, "Allowed disruptions:", Parts.or(status.path("disruptionsAllowed"), "0"));
        page.line(2, "Current:", Parts.or(status.path("currentHealthy"), "0"));
        page.line(2, "Desired:", Parts.or(status.path("desiredHealthy"), "0"));
        page.line(2, "Total:", Parts.or(status.path("expectedPods"), "0"));
    }

    static void priority(Page page, JsonNode priority) {
        page.line(0, "Name:", text(priority.at("/metadata/name")));
        page.line(0, "Value:", Parts.or(priority.path("value"), "0"));
        page.line(0, "GlobalDefault:", Parts.or(priority.path("globalDefault"), "false"));
        page.line(0, "PreemptionPolicy:", text(priority.path("preemptionPolicy")));
        page.line(0, "Description:", text(priority.path("description")));
        JsonNode annotations = priority.at("/metadata/annotations");
        String shown = Parts.keys(annotations).stream()
                .map(key -> key + "=" + text(annotations.path(key)))
                .collect(Collectors.joining(","));
        page.line(0, "Annotations:", shown.isEmpty() ? Parts.NONE : shown);
    }
}
