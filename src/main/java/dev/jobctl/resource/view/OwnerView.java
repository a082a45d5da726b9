package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.OwnerReference;

/// One owner that an object names in `metadata.ownerReferences`.
///
/// @param controller whether it is the one managing controller
/// @param blocking blockOwnerDeletion: a foreground deletion of the owner waits for this object
public record OwnerView(String apiVersion, String kind, String name, String uid, boolean controller, boolean blocking) {
    static OwnerView of(OwnerReference reference) {
        return new OwnerView(
                Holes.text(reference.getApiVersion()),
                Holes.text(reference.getKind()),
                Holes.text(reference.getName()),
                Holes.text(reference.getUid()),
                Holes.yes(reference.getController()),
                Holes.yes(reference.getBlockOwnerDeletion()));
    }
}
