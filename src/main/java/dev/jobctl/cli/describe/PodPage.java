package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.optional;
import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.output.Ages;
import java.time.Instant;

/// A Pod.
final class PodPage {
    private PodPage() {}

    static void write(Page page, JsonNode pod, Instant now) {
        JsonNode spec = pod.path("spec");
        JsonNode status = pod.path("status");
        Parts.nameAndNamespace(page, pod);
        optional(page, 0, "Priority", spec.path("priority"), "");
        optional(page, 0, "Priority Class Name", spec.path("priorityClassName"), "");
        optional(page, 0, "Runtime Class Name", spec.path("runtimeClassName"), "");
        optional(page, 0, "Service Account", spec.path("serviceAccountName"), "");
        String node = text(spec.path("nodeName"));
        page.line(0, "Node:", node.isEmpty() ? Parts.NONE : node + "/" + text(status.path("hostIP")));
        if (!text(status.path("startTime")).isEmpty()) {
            page.line(0, "Start Time:", Parts.date(status.path("startTime")));
        }
        Parts.labelsAndAnnotations(page, pod);
        state(page, pod, now);
        page.line(0, "IP:", text(status.path("podIP")));
        addresses(page, status.path("podIPs"));
        Parts.controlledBy(page, pod);
        optional(page, 0, "NominatedNodeName", status.path("nominatedNodeName"), "");
        if (spec.has("resources")) {
            page.line(0, "Resources:");
            Parts.resources(page, 1, spec.path("resources"));
        }
        ContainerPart containers = ContainerPart.ofPod(page, pod);
        if (!spec.path("initContainers").isEmpty()) {
            containers.write("Init Containers", spec.path("initContainers"), status.path("initContainerStatuses"));
        }
        containers.write("Containers", spec.path("containers"), status.path("containerStatuses"));
        gates(page, spec.path("readinessGates"), status.path("conditions"));
        conditions(page, status.path("conditions"));
        VolumePart.write(page, spec.path("volumes"), "");
        page.line(0, "QoS Class:", or(status.path("qosClass"), "BestEffort"));
        Parts.labels(page, "Node-Selectors", spec.path("nodeSelector"));
        TemplatePage.tolerations(page, "", spec.path("tolerations"));
        TemplatePage.spread(page, "", spec.path("topologySpreadConstraints"));
    }

    private static void state(Page page, JsonNode pod, Instant now) {
        JsonNode status = pod.path("status");
        String phase = text(status.path("phase"));
        String deletion = text(pod.at("/metadata/deletionTimestamp"));
        if (!deletion.isEmpty() && !phase.equals("Failed") && !phase.equals("Succeeded")) {
            page.line(0, "Status:", "Terminating (lasts " + Ages.of(deletion, now) + ")");
            page.line(
                    0,
                    "Termination Grace Period:",
                    pod.at("/metadata/deletionGracePeriodSeconds").asLong() + "s");
        } else {
            page.line(0, "Status:", phase);
        }
        optional(page, 0, "Reason", status.path("reason"), "");
        optional(page, 0, "Message", status.path("message"), "");
        optional(page, 0, "SeccompProfile", pod.at("/spec/securityContext/seccompProfile/type"), "");
        optional(page, 0, "LocalhostProfile", pod.at("/spec/securityContext/seccompProfile/localhostProfile"), "");
    }

    private static void addresses(Page page, JsonNode addresses) {
        if (addresses.isEmpty()) {
            page.line(0, "IPs:", Parts.NONE);
            return;
        }
        page.line(0, "IPs:");
        addresses.forEach(address -> page.line(1, "IP:", text(address.path("ip"))));
    }

    private static void gates(Page page, JsonNode gates, JsonNode conditions) {
        if (gates.isEmpty()) {
            return;
        }
        page.line(0, "Readiness Gates:");
        page.line(1, "Type", "Status");
        for (JsonNode gate : gates) {
            String type = text(gate.path("conditionType"));
            String found = Parts.NONE;
            for (JsonNode condition : conditions) {
                if (text(condition.path("type")).equals(type)) {
                    found = text(condition.path("status"));
                }
            }
            page.line(1, type + " ", found + " ");
        }
    }

    private static void conditions(Page page, JsonNode conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        page.line(0, "Conditions:");
        page.line(1, "Type", "Status");
        for (JsonNode condition : conditions) {
            page.line(1, text(condition.path("type")) + " ", text(condition.path("status")) + " ");
        }
    }
}
