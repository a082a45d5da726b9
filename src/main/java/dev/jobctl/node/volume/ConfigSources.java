package dev.jobctl.node.volume;

import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pod's volumes are made of, and so what may change them while the pod runs.
///
/// @param downward whether the pod's own labels or annotations are among it
/// @param tokenLife of the token that ends first; null where there is none
public record ConfigSources(Set<Source> objects, boolean downward, @Nullable Duration tokenLife) {
    /// An object of the pod's namespace.
    private record Source(Kind kind, String name) {}

    /// Without what all pods of an account share: see [AccountDirectories].
    public static ConfigSources of(Pod pod) {
        Set<Source> objects = new HashSet<>();
        boolean downward = false;
        @Nullable Duration tokenLife = null;
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getConfigMap() != null) {
                objects.add(
                        new Source(Kinds.CONFIG_MAP, text(volume.getConfigMap().getName())));
            }
            if (volume.getSecret() != null) {
                objects.add(new Source(Kinds.SECRET, text(volume.getSecret().getSecretName())));
            }
            downward |= volume.getDownwardAPI() != null;
            if (volume.getProjected() != null && !AccountVolume.is(volume)) {
                List<VolumeProjection> sources = volume.getProjected().getSources();
                sources.forEach(source -> add(source, objects));
                downward |= sources.stream().anyMatch(source -> source.getDownwardAPI() != null);
                tokenLife = Stream.concat(Stream.ofNullable(tokenLife), tokens(sources))
                        .min(Duration::compareTo)
                        .orElse(null);
            }
        }
        return new ConfigSources(Set.copyOf(objects), downward, tokenLife);
    }

    private static void add(VolumeProjection source, Set<Source> objects) {
        if (source.getConfigMap() != null) {
            objects.add(
                    new Source(Kinds.CONFIG_MAP, text(source.getConfigMap().getName())));
        }
        if (source.getSecret() != null) {
            objects.add(new Source(Kinds.SECRET, text(source.getSecret().getName())));
        }
    }

    private static Stream<Duration> tokens(List<VolumeProjection> sources) {
        return sources.stream()
                .map(VolumeProjection::getServiceAccountToken)
                .filter(Objects::nonNull)
                .map(Projections::life);
    }

    private static String text(@Nullable String name) {
        return Objects.requireNonNullElse(name, "");
    }

    public boolean none() {
        return objects.isEmpty() && !downward && tokenLife == null;
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
