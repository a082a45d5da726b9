package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every object has: identity, labels, owners, finalizers, birth and coming end.
///
/// @param creation the epoch when the object has none (it was never stored)
/// @param deletion deletionTimestamp: when it ends at the latest, null while nobody wants it gone
/// @param graceSeconds deletionGracePeriodSeconds, 0 without one
public record MetaView(
        ObjectRef ref,
        Map<String, String> labels,
        List<OwnerView> owners,
        List<String> finalizers,
        Instant creation,
        @Nullable Instant deletion,
        long graceSeconds) {
    public MetaView {
        labels = Map.copyOf(labels);
        owners = List.copyOf(owners);
        finalizers = List.copyOf(finalizers);
    }

    /// The object's name, namespace if it has one, and uid must be set.
    public static MetaView of(Kind kind, HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        @Nullable Instant creation = Times.read(meta.getCreationTimestamp());
        @Nullable Long grace = meta.getDeletionGracePeriodSeconds();
        return new MetaView(
                ObjectRef.of(kind, object),
                Holes.map(meta.getLabels()),
                Holes.list(meta.getOwnerReferences()).stream()
                        .map(OwnerView::of)
                        .toList(),
                Holes.list(meta.getFinalizers()),
                creation == null ? Instant.EPOCH : creation,
                Times.read(meta.getDeletionTimestamp()),
                grace == null ? 0 : grace);
    }

    public String name() {
        return ref.key().name();
    }

    public String namespace() {
        return ref.key().namespace();
    }

    public String uid() {
        return ref.uid();
    }

    /// Whether somebody wants it gone.
    public boolean deleting() {
        return deletion != null;
    }

    public boolean hasFinalizer(String finalizer) {
        return finalizers.contains(finalizer);
    }

    /// The owner that manages it, null for none.
    public @Nullable OwnerView controller() {
        for (OwnerView owner : owners) {
            if (owner.controller()) {
                return owner;
            }
        }
        return null;
    }
}
