package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import java.util.List;

/// What the scheduler may look at, taken from one state.
///
/// @param waiting pods without a node, in the order in which they shall be tried
/// @param placed pods with a node that have not ended
public record SchedulerInput(List<PodView> waiting, List<PodView> placed, List<NodeView> nodes) {
    public SchedulerInput {
        waiting = List.copyOf(waiting);
        placed = List.copyOf(placed);
        nodes = List.copyOf(nodes);
    }
}
