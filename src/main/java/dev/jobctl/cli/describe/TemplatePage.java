package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The pod template of a Job or CronJob, and what a pod's page has in common with it.
final class TemplatePage {
    private TemplatePage() {}

    static void write(Page page, JsonNode template) {
        JsonNode spec = template.path("spec");
        page.line(0, "Pod Template:");
        Parts.labels(page, "  Labels", template.at("/metadata/labels"));
        if (!template.at("/metadata/annotations").isEmpty()) {
            Parts.annotations(page, "  Annotations", template.at("/metadata/annotations"));
        }
        Parts.optional(page, 1, "Service Account", spec.path("serviceAccountName"), "");
        ContainerPart containers = ContainerPart.ofTemplate(page);
        if (!spec.path("initContainers").isEmpty()) {
            containers.write("Init Containers", spec.path("initContainers"));
        }
        containers.write("Containers", spec.path("containers"));
        VolumePart.write(page, spec.path("volumes"), "  ");
        spread(page, "  ", spec.path("topologySpreadConstraints"));
        Parts.optional(page, 1, "Priority Class Name", spec.path("priorityClassName"), "");
        Parts.labels(page, "  Node-Selectors", spec.path("nodeSelector"));
        tolerations(page, "  ", spec.path("tolerations"));
    }

    static void tolerations(Page page, String indent, JsonNode tolerations) {
        List<JsonNode> sorted = new ArrayList<>();
        tolerations.forEach(sorted::add);
        sorted.sort(Comparator.comparing(toleration -> text(toleration.path("key"))));
        Parts.under(
                page,
                indent + "Tolerations",
                sorted.stream().map(TemplatePage::toleration).toList());
    }

    private static String toleration(JsonNode toleration) {
        StringBuilder line = new StringBuilder(text(toleration.path("key")));
        String value = text(toleration.path("value"));
        String effect = text(toleration.path("effect"));
        line.append(value.isEmpty() ? "" : "=" + value).append(effect.isEmpty() ? "" : ":" + effect);
        if (text(toleration.path("operator")).equals("Exists") && value.isEmpty()) {
            line.append(line.isEmpty() ? "op=Exists" : " op=Exists");
        }
        if (toleration.hasNonNull("tolerationSeconds")) {
            line.append(" for ")
                    .append(text(toleration.path("tolerationSeconds")))
                    .append('s');
        }
        return line.toString();
    }

    static void spread(Page page, String indent, JsonNode constraints) {
        List<JsonNode> sorted = new ArrayList<>();
        constraints.forEach(sorted::add);
        sorted.sort(Comparator.comparing(constraint -> text(constraint.path("topologyKey"))));
        if (!sorted.isEmpty()) {
            Parts.under(
                    page,
                    indent + "Topology Spread Constraints",
                    sorted.stream().map(TemplatePage::constraint).toList());
        }
    }

    private static String constraint(JsonNode constraint) {
        String line = text(constraint.path("topologyKey")) + ":" + text(constraint.path("whenUnsatisfiable"))
                + " when max skew " + text(constraint.path("maxSkew")) + " is exceeded";
        return constraint.hasNonNull("labelSelector")
                ? line + " for selector " + JobPage.selector(constraint.path("labelSelector"))
                : line;
    }
}
