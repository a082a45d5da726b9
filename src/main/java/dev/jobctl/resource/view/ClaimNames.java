package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.stream.Stream;

/// The PersistentVolumeClaims that a pod names.
public final class ClaimNames {
    private ClaimNames() {}

    /// In the order of its volumes; whether they are there or not. Of a hundred thousand pods hardly one names any.
    public static Stream<ObjectKey> of(Pod pod) {
        List<Volume> volumes = Holes.list(pod.getSpec().getVolumes());
        if (volumes.isEmpty()) {
            return Stream.empty();
        }
        return volumes.stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> new ObjectKey(
                        Kinds.PERSISTENT_VOLUME_CLAIM,
                        pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName()));
    }
}
