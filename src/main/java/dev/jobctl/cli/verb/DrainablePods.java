package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods of a node, as `drain` looks at them: those that go, and what speaks against the others or must be told.
///
/// @param errors nothing may go before these are settled
record DrainablePods(List<ObjectNode> pods, List<String> errors, List<String> warnings) {
    /// What the user allows.
    record Allowed(boolean force, boolean daemonSets, boolean localStorage) {}

    static DrainablePods on(Session session, String node, @Nullable String podSelector, Allowed allowed) {
        Map<String, String> query = Flags.selectors(podSelector, "spec.nodeName=" + node);
        List<ObjectNode> all = Paging.objects(session.cluster(), KnownTypes.PODS, null, query, 500);
        Map<String, List<String>> errors = new LinkedHashMap<>();
        Map<String, List<String>> warnings = new LinkedHashMap<>();
        List<ObjectNode> going = new ArrayList<>();
        for (ObjectNode pod : all) {
            if (goes(pod, allowed, errors, warnings)) {
                going.add(pod);
            }
        }
        return new DrainablePods(going, told("cannot delete ", errors), told("", warnings));
    }

    private static boolean goes(
            ObjectNode pod, Allowed allowed, Map<String, List<String>> errors, Map<String, List<String>> warnings) {
        String controller = controller(pod);
        if (controller.equals("DaemonSet") && !ended(pod)) {
            if (allowed.daemonSets()) {
                note(warnings, "ignoring DaemonSet-managed Pods", pod);
            } else {
                note(errors, "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)", pod);
            }
            return false;
        }
        if (pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            return false;
        }
        boolean local = !ended(pod) && keepsData(pod);
        if (local && !allowed.localStorage()) {
            note(errors, "Pods with local storage (use --delete-emptydir-data to override)", pod);
            return false;
        }
        boolean unmanaged = !ended(pod) && controller.isEmpty();
        if (unmanaged && !allowed.force()) {
            note(errors, "Pods that declare no controller (use --force to override)", pod);
            return false;
        }
        if (unmanaged) {
            note(warnings, "deleting Pods that declare no controller", pod);
        } else if (local) {
            note(warnings, "deleting Pods with local storage", pod);
        }
        return true;
    }

    private static boolean ended(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static boolean keepsData(JsonNode pod) {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            if (volume.has("emptyDir")) {
                return true;
            }
        }
        return false;
    }

    /// The kind of the owner that manages it, empty for none.
    private static String controller(JsonNode pod) {
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return owner.path("kind").asText();
            }
        }
        return "";
    }

    private static void note(Map<String, List<String>> notes, String what, ObjectNode pod) {
        notes.computeIfAbsent(what, key -> new ArrayList<>()).add(name(pod));
    }

    private static List<String> told(String start, Map<String, List<String>> notes) {
        return notes.entrySet().stream()
                .map(note -> start + note.getKey() + ": " + String.join(", ", note.getValue()))
                .toList();
    }

    /// `NAMESPACE/NAME`.
    static String name(JsonNode pod) {
        return pod.path("metadata").path("namespace").asText() + "/"
                + pod.path("metadata").path("name").asText();
    }
}
