package dev.jobctl.node.process;

import dev.jobctl.node.fields.PodFields;
import dev.jobctl.node.fields.Way;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Optional;
import java.util.stream.Stream;

/// What of a pod the process runtime cannot do. It says so instead of leaving it out.
record Refusals(Pod pod, Way way) {
    private static final String SERVICE_ACCOUNT_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    Optional<String> first() {
        return new PodFields(pod, way)
                .refusal()
                .or(() -> way.sandboxed()
                        ? Optional.empty()
                        : containers().flatMap(this::ofMounts).findFirst())
                .map(what -> "the process runtime cannot do this: " + what);
    }

    private Stream<Container> containers() {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }

    private Stream<String> ofMounts(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> !mount.getMountPath().startsWith(SERVICE_ACCOUNT_MOUNT))
                .filter(mount -> !inPlace(mount))
                .map(mount -> "mounting volume \"%s\" at %s without a sandbox"
                        .formatted(mount.getName(), mount.getMountPath()));
    }

    /// A host path at its own place is there already.
    private boolean inPlace(VolumeMount mount) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .map(Volume::getHostPath)
                .anyMatch(path -> path != null && samePlace(path, mount));
    }

    private static boolean samePlace(HostPathVolumeSource path, VolumeMount mount) {
        boolean whole = mount.getSubPath() == null || mount.getSubPath().isEmpty();
        return whole && path.getPath().equals(mount.getMountPath());
    }
}
