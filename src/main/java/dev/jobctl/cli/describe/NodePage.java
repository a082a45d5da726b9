package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.output.Ages;
import dev.jobctl.resource.value.Quantities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// A Node, with its Lease and the pods that take room on it.
final class NodePage {
    private static final String ROLE = "node-role.kubernetes.io/";

    /// Title and field of what a node says about its system.
    private static final List<List<String>> SYSTEM = List.of(
            List.of("Machine ID", "machineID"),
            List.of("System UUID", "systemUUID"),
            List.of("Boot ID", "bootID"),
            List.of("Kernel Version", "kernelVersion"),
            List.of("OS Image", "osImage"),
            List.of("Operating System", "operatingSystem"),
            List.of("Architecture", "architecture"),
            List.of("Container Runtime Version", "containerRuntimeVersion"),
            List.of("Kubelet Version", "kubeletVersion"),
            List.of("Kube-Proxy Version", "kubeProxyVersion"));

    private NodePage() {}

    static void write(Page page, JsonNode node, Around around, Instant now) {
        JsonNode status = node.path("status");
        page.line(0, "Name:", text(node.at("/metadata/name")));
        page.line(0, "Roles:", roles(node.at("/metadata/labels")));
        Parts.labelsAndAnnotations(page, node);
        page.line(0, "CreationTimestamp:", Parts.date(node.at("/metadata/creationTimestamp")));
        Parts.under(page, "Taints", taints(node.at("/spec/taints")));
        page.line(0, "Unschedulable:", or(node.at("/spec/unschedulable"), "false"));
        lease(page, around);
        conditions(page, status.path("conditions"));
        page.line(0, "Addresses:");
        status.path("addresses").forEach(a -> page.line(1, text(a.path("type")) + ":", text(a.path("address"))));
        amounts(page, "Capacity", status.path("capacity"));
        amounts(page, "Allocatable", status.path("allocatable"));
        page.line(0, "System Info:");
        for (List<String> fact : SYSTEM) {
            page.line(1, fact.getFirst() + ":", text(status.path("nodeInfo").path(fact.getLast())));
        }
        Parts.optional(page, 0, "PodCIDR", node.at("/spec/podCIDR"), "");
        Parts.optional(page, 0, "ProviderID", node.at("/spec/providerID"), "");
        pods(page, status.path("allocatable"), around.pods(), now);
    }

    private static String roles(JsonNode labels) {
        TreeSet<String> roles = new TreeSet<>();
        for (String key : Parts.keys(labels)) {
            if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                roles.add(key.substring(ROLE.length()));
            } else if (key.equals("kubernetes.io/role")
                    && !text(labels.path(key)).isEmpty()) {
                roles.add(text(labels.path(key)));
            }
        }
        return roles.isEmpty() ? Parts.NONE : String.join(",", roles);
    }

    private static List<String> taints(JsonNode taints) {
        List<JsonNode> sorted = new ArrayList<>();
        taints.forEach(sorted::add);
        sorted.sort(Comparator.comparing(t -> text(t.path("effect")) + "," + text(t.path("key"))));
        return sorted.stream()
                .map(t -> text(t.path("key"))
                        + (text(t.path("value")).isEmpty() ? "" : "=" + text(t.path("value")))
                        + ":"
                        + text(t.path("effect")))
                .toList();
    }

    private static void lease(Page page, Around around) {
        page.line(0, "Lease:");
        if (around.lease() == null) {
            page.line(1, "Failed to get lease: " + around.leaseError());
            return;
        }
        JsonNode spec = around.lease().path("spec");
        page.line(1, "HolderIdentity:", or(spec.path("holderIdentity"), Parts.UNSET));
        page.line(1, "AcquireTime:", time(spec.path("acquireTime")));
        page.line(1, "RenewTime:", time(spec.path("renewTime")));
    }

    private static String time(JsonNode time) {
        return text(time).isEmpty() ? Parts.UNSET : Parts.date(time);
    }

    private static void conditions(Page page, JsonNode conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        page.line(0, "Conditions:");
        page.line(1, "Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message");
        page.line(1, "----", "------", "-----------------", "------------------", "------", "-------");
        for (JsonNode condition : conditions) {
            page.line(
                    1,
                    text(condition.path("type")) + " ",
                    text(condition.path("status")) + " ",
                    Parts.date(condition.path("lastHeartbeatTime")) + " ",
                    Parts.date(condition.path("lastTransitionTime")) + " ",
                    text(condition.path("reason")) + " ",
                    text(condition.path("message")));
        }
    }

    private static void amounts(Page page, String title, JsonNode amounts) {
        if (amounts.isEmpty()) {
            return;
        }
        page.line(0, title + ":");
        for (String name : Parts.keys(amounts)) {
            String amount = text(amounts.path(name));
            page.line(1, name + ":", Quantities.canonical(amount).orElse(amount));
        }
    }

    private static void pods(Page page, JsonNode room, List<? extends JsonNode> pods, Instant now) {
        page.line(0, "Non-terminated Pods:", "(" + pods.size() + " in total)");
        page.line(1, "Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age");
        page.line(1, "---------", "----", "", "------------", "----------", "---------------", "-------------", "---");
        for (JsonNode pod : pods) {
            page.line(
                    1,
                    text(pod.at("/metadata/namespace")),
                    text(pod.at("/metadata/name")),
                    "",
                    share("cpu", PodAmounts.of(pod, "requests", "cpu"), room),
                    share("cpu", PodAmounts.of(pod, "limits", "cpu"), room),
                    share("memory", PodAmounts.of(pod, "requests", "memory"), room),
                    share("memory", PodAmounts.of(pod, "limits", "memory"), room),
                    Ages.of(text(pod.at("/metadata/creationTimestamp")), now));
        }
        page.line(0, "Allocated resources:");
        page.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
        page.line(1, "Resource", "Requests", "Limits");
        page.line(1, "--------", "--------", "------");
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            page.line(
                    1,
                    resource,
                    share(resource, PodAmounts.sum(pods, "requests", resource), room),
                    share(resource, PodAmounts.sum(pods, "limits", resource), room));
        }
        for (String resource : Parts.keys(room)) {
            if (resource.contains("/")) {
                page.line(
                        1,
                        resource,
                        Quantities.print(resource, PodAmounts.sum(pods, "requests", resource)),
                        Quantities.print(resource, PodAmounts.sum(pods, "limits", resource)));
            }
        }
    }

    /// `500m (25%)`.
    private static String share(String resource, long amount, JsonNode room) {
        long all = PodAmounts.whole(resource, room.path(resource));
        long percent = all == 0 ? 0 : (long) ((double) amount / all * 100);
        return Quantities.print(resource, amount) + " (" + percent + "%)";
    }
}
