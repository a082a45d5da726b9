package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What quotas look at in a PersistentVolumeClaim.
///
/// @param storageClass empty for none
/// @param bytes that it asks for, or has been given, if that is more; null where it asks for nothing
public record StorageClaim(String storageClass, @Nullable Long bytes) {
    private static final String STORAGE = "storage";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    public static StorageClaim of(PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = claim.getSpec() == null ? new PersistentVolumeClaimSpec() : claim.getSpec();
        Map<String, String> annotations = Holes.map(claim.getMetadata().getAnnotations());
        String storageClass = annotations.getOrDefault(OLD_CLASS, Holes.text(spec.getStorageClassName()));
        @Nullable
        Long wanted =
                bytes(spec.getResources() == null ? null : spec.getResources().getRequests());
        @Nullable
        Long given = bytes(claim.getStatus() == null ? null : claim.getStatus().getAllocatedResources());
        boolean more = wanted != null && given != null && given > wanted;
        return new StorageClaim(storageClass, more ? given : wanted);
    }

    private static @Nullable Long bytes(@Nullable Map<String, Quantity> amounts) {
        @Nullable Quantity storage = amounts == null ? null : amounts.get(STORAGE);
        return storage == null ? null : Long.valueOf(Quantities.whole(STORAGE, storage));
    }
}
