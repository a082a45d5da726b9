package dev.jobctl.control.garbage;

import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import java.time.Duration;
import java.util.List;

/// A namespace and everything in it, taken from one state.
///
/// @param finalized whether `spec.finalizers` is empty already
/// @param conditions of `status`
/// @param podGrace the longest terminationGracePeriodSeconds of its pods that have not ended, 0 without any
public record NamespaceInput(
        MetaView namespace,
        boolean finalized,
        List<ConditionView> conditions,
        List<MetaView> contents,
        Duration podGrace) {
    public NamespaceInput {
        conditions = List.copyOf(conditions);
        contents = List.copyOf(contents);
    }
}
