package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/// A container's environment.
final class EnvironmentPart {
    private EnvironmentPart() {}

    static void from(Page page, JsonNode sources) {
        page.line(2, "Environment Variables from:");
        for (JsonNode source : sources) {
            boolean map = source.has("configMapRef");
            JsonNode reference = source.path(map ? "configMapRef" : "secretRef");
            String prefix = text(source.path("prefix"));
            page.line(
                    3,
                    text(reference.path("name")),
                    (map ? "ConfigMap" : "Secret") + (prefix.isEmpty() ? "" : " with prefix '" + prefix + "'"),
                    "Optional: " + reference.path("optional").asBoolean());
        }
    }

    /// `pod` missing: references to its fields stay empty.
    static void variables(Page page, JsonNode container, JsonNode pod) {
        JsonNode variables = container.path("env");
        if (variables.isEmpty()) {
            page.line(2, "Environment:", Parts.NONE);
            return;
        }
        page.line(2, "Environment:");
        for (JsonNode variable : variables) {
            if (variable.path("valueFrom").isObject()) {
                reference(page, text(variable.path("name")) + ":", variable.path("valueFrom"), container, pod);
            } else {
                plain(page, variable);
            }
        }
    }

    private static void plain(Page page, JsonNode variable) {
        String[] lines = text(variable.path("value")).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            page.line(3, i == 0 ? text(variable.path("name")) + ":" : "", lines[i]);
        }
    }

    private static void reference(Page page, String name, JsonNode from, JsonNode container, JsonNode pod) {
        if (from.has("fieldRef")) {
            JsonNode field = from.path("fieldRef");
            String path = text(field.path("fieldPath"));
            page.line(3, name, value(pod, path) + " (" + or(field.path("apiVersion"), "v1") + ":" + path + ")");
        } else if (from.has("resourceFieldRef")) {
            String resource = text(from.at("/resourceFieldRef/resource"));
            page.line(3, name, amount(container, resource) + " (" + resource + ")");
        } else if (from.has("secretKeyRef")) {
            JsonNode key = from.path("secretKeyRef");
            page.line(
                    3,
                    name,
                    "<set to the key '" + text(key.path("key")) + "' in secret '" + text(key.path("name")) + "'>",
                    "Optional: " + key.path("optional").asBoolean());
        } else {
            JsonNode key = from.path("configMapKeyRef");
            page.line(
                    3,
                    name,
                    "<set to the key '" + text(key.path("key")) + "' of config map '" + text(key.path("name")) + "'>",
                    "Optional: " + key.path("optional").asBoolean());
        }
    }

    /// kubectl knows only these two paths.
    private static String value(JsonNode pod, String path) {
        return switch (path) {
            case "metadata.name" -> text(pod.at("/metadata/name"));
            case "metadata.namespace" -> text(pod.at("/metadata/namespace"));
            default -> "";
        };
    }

    private static String amount(JsonNode container, String resource) {
        int dot = resource.indexOf('.');
        String amount = dot < 0
                ? ""
                : text(container
                        .path("resources")
                        .path(resource.substring(0, dot))
                        .path(resource.substring(dot + 1)));
        if (!amount.isEmpty()) {
            return amount;
        }
        return resource.equals("limits.cpu") || resource.equals("limits.memory") ? "node allocatable" : "0";
    }
}
