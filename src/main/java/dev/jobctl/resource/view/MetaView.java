package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return read(kind, object, null, null);
    }

    /// The same, made from `like`, the view of an `other` object of this kind, as far as both objects share parts.
    static MetaView of(Kind kind, HasMetadata object, HasMetadata other, MetaView like) {
        return read(kind, object, other.getMetadata(), like);
    }

    @SuppressWarnings("ReferenceEquality") // stored parts never change: the same part means the same
    private static MetaView read(Kind kind, HasMetadata object, @Nullable ObjectMeta other, @Nullable MetaView like) {
        ObjectMeta meta = object.getMetadata();
        if (other == null || like == null) {
            return new MetaView(
                    ObjectRef.of(kind, object),
                    Holes.map(meta.getLabels()),
                    Holes.views(meta.getOwnerReferences(), OwnerView::of),
                    Holes.list(meta.getFinalizers()),
                    creation(meta),
                    Times.read(meta.getDeletionTimestamp()),
                    grace(meta));
        }
        return new MetaView(
                meta.getUid().equals(other.getUid()) ? like.ref() : ObjectRef.of(kind, object),
                meta.getLabels() == other.getLabels() ? like.labels() : Holes.map(meta.getLabels()),
                meta.getOwnerReferences() == other.getOwnerReferences()
                        ? like.owners()
                        : Holes.views(meta.getOwnerReferences(), OwnerView::of),
                meta.getFinalizers() == other.getFinalizers() ? like.finalizers() : Holes.list(meta.getFinalizers()),
                Objects.equals(meta.getCreationTimestamp(), other.getCreationTimestamp())
                        ? like.creation()
                        : creation(meta),
                Times.read(meta.getDeletionTimestamp()),
                grace(meta));
    }

    private static Instant creation(ObjectMeta meta) {
        @Nullable Instant creation = Times.read(meta.getCreationTimestamp());
        return creation == null ? Instant.EPOCH : creation;
    }

    private static long grace(ObjectMeta meta) {
        @Nullable Long grace = meta.getDeletionGracePeriodSeconds();
        return grace == null ? 0 : grace;
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
