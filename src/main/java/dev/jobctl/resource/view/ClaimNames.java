package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.stream.Stream;

/// The PersistentVolumeClaims that a pod names.
public final class ClaimNames {
    private ClaimNames() {}

    /// In the order of its volumes; whether they are there or not.
    public static Stream<ObjectKey> of(Pod pod) {
        return Holes.list(pod.getSpec().getVolumes()).stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> new ObjectKey(
                        Kinds.PERSISTENT_VOLUME_CLAIM,
                        pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName()));
    }
}
