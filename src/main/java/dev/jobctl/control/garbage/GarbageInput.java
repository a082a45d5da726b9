package dev.jobctl.control.garbage;

import dev.jobctl.resource.view.MetaView;
import java.util.List;

/// One object and its kin, taken from one state.
///
/// @param owners those of the objects named in its ownerReferences that exist, by uid, wherever they are
/// @param dependants objects that name this one's uid among their owners
public record GarbageInput(MetaView object, List<MetaView> owners, List<MetaView> dependants) {
    public GarbageInput {
        owners = List.copyOf(owners);
        dependants = List.copyOf(dependants);
    }
}
