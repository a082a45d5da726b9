package dev.jobctl.control.garbage;

import dev.jobctl.resource.view.MetaView;
import java.util.List;

/// A namespace and everything in it, taken from one state.
///
/// @param finalized whether `spec.finalizers` is empty already
public record NamespaceInput(MetaView namespace, boolean finalized, List<MetaView> contents) {
    public NamespaceInput {
        contents = List.copyOf(contents);
    }
}
