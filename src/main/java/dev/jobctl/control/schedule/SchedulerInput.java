package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.PodView;
import java.util.List;
import java.util.Map;

/// What the scheduler may look at, taken from one state.
///
/// @param waiting pods without a node
/// @param claimFaults by the uid of a waiting pod: what is wrong with the first PersistentVolumeClaim that it names and
/// cannot have; see [Unschedulable]
/// @param nodes in the order in which they are preferred when nothing else tells them apart
/// @param namespaces the labels of each namespace
/// @param budgets of all namespaces
public record SchedulerInput(
        List<PodView> waiting,
        Map<String, String> claimFaults,
        List<NodeLoad> nodes,
        Map<String, Map<String, String>> namespaces,
        List<BudgetView> budgets) {
    /// With every claim there, namespaces that nobody asks for, and no budgets.
    public SchedulerInput(List<PodView> waiting, List<NodeLoad> nodes) {
        this(waiting, Map.of(), nodes, Map.of(), List.of());
    }

    public SchedulerInput {
        namespaces = Map.copyOf(namespaces);
        claimFaults = Map.copyOf(claimFaults);
        waiting = List.copyOf(waiting);
        nodes = List.copyOf(nodes);
        budgets = List.copyOf(budgets);
    }
}
