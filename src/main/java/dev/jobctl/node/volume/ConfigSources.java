package dev.jobctl.node.volume;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a pod's volumes are made of, and so what may change them while the pod runs.
///
/// @param downward whether the pod's own labels or annotations are among it
public record ConfigSources(Set<Source> objects, boolean downward) {
    /// An object of the pod's namespace.
    private record Source(Kind kind, String name) {}

    public static ConfigSources of(Pod pod) {
        Set<Source> objects = new HashSet<>();
        boolean downward = false;
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getConfigMap() != null) {
                objects.add(
                        new Source(Kinds.CONFIG_MAP, text(volume.getConfigMap().getName())));
            }
            if (volume.getSecret() != null) {
                objects.add(new Source(Kinds.SECRET, text(volume.getSecret().getSecretName())));
            }
            downward |= volume.getDownwardAPI() != null;
            if (volume.getProjected() != null) {
                downward |= projected(volume.getProjected().getSources(), objects);
            }
        }
        return new ConfigSources(Set.copyOf(objects), downward);
    }

    private static boolean projected(List<VolumeProjection> sources, Set<Source> objects) {
        boolean downward = false;
        for (VolumeProjection source : sources) {
            if (source.getConfigMap() != null) {
                objects.add(
                        new Source(Kinds.CONFIG_MAP, text(source.getConfigMap().getName())));
            }
            if (source.getSecret() != null) {
                objects.add(new Source(Kinds.SECRET, text(source.getSecret().getName())));
            }
            downward |= source.getDownwardAPI() != null;
        }
        return downward;
    }

    private static String text(@org.jspecify.annotations.Nullable String name) {
        return Objects.requireNonNullElse(name, "");
    }

    public boolean none() {
        return objects.isEmpty() && !downward;
    }

    /// Whether a ConfigMap or Secret of the pod's namespace is one of them.
    public boolean has(Kind kind, String name) {
        return objects.contains(new Source(kind, name));
    }

    /// Whether the newer version of the pod has other labels or annotations that count.
    public boolean differ(Pod older, Pod newer) {
        return downward
                && !(Objects.equals(
                                older.getMetadata().getLabels(),
                                newer.getMetadata().getLabels())
                        && Objects.equals(
                                older.getMetadata().getAnnotations(),
                                newer.getMetadata().getAnnotations()));
    }
}
