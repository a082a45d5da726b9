package dev.jobctl.control.garbage;

import dev.jobctl.resource.view.MetaView;
import java.util.List;

/// One object and its kin, taken from one state.
///
/// @param owners those of the objects named in its ownerReferences that exist, by uid (a namespaced object's owners are
///     in its own namespace or cluster-scoped; others count as vanished)
/// @param dependants objects that name this one's uid among their owners
public record GarbageInput(MetaView object, List<MetaView> owners, List<MetaView> dependants) {
    public GarbageInput {
        owners = List.copyOf(owners);
        dependants = List.copyOf(dependants);
    }
}
