package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;

/// The rows of `get pods`.
final class PodRows {
    static final List<Column> COLUMNS = List.of(
            Column.name("pod"),
            Column.text("Ready", "Containers that are ready, of all."),
            Column.text("Status", "Where the pod stands, in one word."),
            Column.text("Restarts", "How often containers were restarted, and when last."),
            Column.age(),
            Column.text("IP", "Address of the pod.").wide(),
            Column.text("Node", "Node that it runs on.").wide(),
            Column.text("Nominated Node", "Node that is being made free for it.")
                    .wide(),
            Column.text("Readiness Gates", "Extra conditions that hold, of those asked for.")
                    .wide());

    private PodRows() {}

    static List<Object> cells(Pod pod, Instant now) {
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        var summary = PodSummary.of(pod, spec, status);
        return List.of(
                Cells.name(pod),
                summary.ready() + "/" + summary.total(),
                summary.word(),
                summary.restarts(now),
                Cells.age(pod, now),
                address(status),
                Cells.orElse(spec.getNodeName(), Cells.NONE),
                Cells.orElse(status.getNominatedNodeName(), Cells.NONE),
                gates(spec, status));
    }

    private static String address(PodStatus status) {
        var all = Cells.list(status.getPodIPs());
        return all.isEmpty()
                ? Cells.orElse(status.getPodIP(), Cells.NONE)
                : Cells.text(all.getFirst().getIp());
    }

    private static String gates(PodSpec spec, PodStatus status) {
        var gates = Cells.list(spec.getReadinessGates());
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        long open = gates.stream()
                .filter(gate -> PodSummary.holds(status, Cells.text(gate.getConditionType())))
                .count();
        return open + "/" + gates.size();
    }
}
