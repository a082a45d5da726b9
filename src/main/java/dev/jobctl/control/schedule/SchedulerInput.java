package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.PodView;
import java.util.List;
import java.util.Map;

/// What the scheduler may look at, taken from one state.
///
/// @param waiting pods without a node
/// @param missingClaims by the uid of a waiting pod: the first PersistentVolumeClaim that it names and that is not
/// there
/// @param nodes in the order in which they are preferred when nothing else tells them apart
public record SchedulerInput(List<PodView> waiting, Map<String, String> missingClaims, List<NodeLoad> nodes) {
    /// With every claim there.
    public SchedulerInput(List<PodView> waiting, List<NodeLoad> nodes) {
        this(waiting, Map.of(), nodes);
    }

    public SchedulerInput {
        missingClaims = Map.copyOf(missingClaims);
        waiting = List.copyOf(waiting);
        nodes = List.copyOf(nodes);
    }
}
