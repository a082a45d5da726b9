package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The rows of `get nodes`.
final class NodeRows {
    private static final String ROLE = "node-role.kubernetes.io/";

    static final List<Column> COLUMNS = List.of(
            Column.name("node"),
            Column.text("Status", "Whether pods can run here."),
            Column.text("Roles", "What the node is for."),
            Column.age(),
            Column.text("Version", "Version of the node's agent."),
            Column.text("Internal-IP", "Address inside the cluster.").wide(),
            Column.text("External-IP", "Address outside the cluster.").wide(),
            Column.text("OS-Image", "Operating system.").wide(),
            Column.text("Kernel-Version", "Kernel of the operating system.").wide(),
            Column.text("Container-Runtime", "What runs the containers.").wide());

    private NodeRows() {}

    static List<Object> cells(Node node, Instant now) {
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        NodeSystemInfo system = status.getNodeInfo() == null ? new NodeSystemInfo() : status.getNodeInfo();
        return List.of(
                Cells.name(node),
                status(node, status),
                roles(node),
                Cells.age(node, now),
                Cells.text(system.getKubeletVersion()),
                address(status, "InternalIP"),
                address(status, "ExternalIP"),
                Cells.orElse(system.getOsImage(), Cells.UNKNOWN),
                Cells.orElse(system.getKernelVersion(), Cells.UNKNOWN),
                Cells.orElse(system.getContainerRuntimeVersion(), Cells.UNKNOWN));
    }

    private static String status(Node node, NodeStatus status) {
        String ready = Cells.list(status.getConditions()).stream()
                .filter(c -> "Ready".equals(c.getType()))
                .map(c -> "True".equals(c.getStatus()) ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
        return Cells.yes(spec.getUnschedulable()) ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        var roles = new TreeSet<String>();
        if (labels != null) {
            labels.forEach((key, value) -> {
                if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                    roles.add(key.substring(ROLE.length()));
                } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                    roles.add(value);
                }
            });
        }
        return roles.isEmpty() ? Cells.NONE : String.join(",", roles);
    }

    private static String address(NodeStatus status, String type) {
        return Cells.list(status.getAddresses()).stream()
                .filter(a -> type.equals(a.getType()))
                .map(a -> Cells.text(a.getAddress()))
                .findFirst()
                .orElse(Cells.NONE);
    }
}
