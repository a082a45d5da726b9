package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.PodView;
import java.util.List;

/// What the scheduler may look at, taken from one state.
///
/// @param waiting pods without a node
/// @param nodes in the order in which they are preferred when nothing else tells them apart
public record SchedulerInput(List<PodView> waiting, List<NodeLoad> nodes) {
    public SchedulerInput {
        waiting = List.copyOf(waiting);
        nodes = List.copyOf(nodes);
    }
}
