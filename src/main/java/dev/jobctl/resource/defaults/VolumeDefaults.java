package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import org.jspecify.annotations.Nullable;

/// Defaults of one volume. A volume that names no source is an empty directory.
final class VolumeDefaults {
    /// 0644: what the files of ConfigMaps, Secrets and the like may be read as.
    private static final int FILE_MODE = 0644;

    private VolumeDefaults() {}

    static void apply(Volume volume) {
        if (sourceless(volume)) {
            volume.setEmptyDir(new EmptyDirVolumeSource());
        }
        if (volume.getSecret() != null && volume.getSecret().getDefaultMode() == null) {
            volume.getSecret().setDefaultMode(FILE_MODE);
        }
        if (volume.getConfigMap() != null && volume.getConfigMap().getDefaultMode() == null) {
            volume.getConfigMap().setDefaultMode(FILE_MODE);
        }
        if (volume.getDownwardAPI() != null) {
            if (volume.getDownwardAPI().getDefaultMode() == null) {
                volume.getDownwardAPI().setDefaultMode(FILE_MODE);
            }
            list(volume.getDownwardAPI().getItems()).forEach(VolumeDefaults::downward);
        }
        if (volume.getProjected() != null) {
            projected(volume.getProjected());
        }
        if (volume.getEmptyDir() != null && volume.getEmptyDir().getSizeLimit() != null) {
            volume.getEmptyDir()
                    .setSizeLimit(Defaults.canonical(volume.getEmptyDir().getSizeLimit()));
        }
        hostPath(volume.getHostPath());
        if (volume.getEphemeral() != null && volume.getEphemeral().getVolumeClaimTemplate() != null) {
            claim(volume.getEphemeral().getVolumeClaimTemplate().getSpec());
        }
    }

    private static void projected(ProjectedVolumeSource projected) {
        if (projected.getDefaultMode() == null) {
            projected.setDefaultMode(FILE_MODE);
        }
        for (VolumeProjection source : list(projected.getSources())) {
            if (source.getServiceAccountToken() != null
                    && source.getServiceAccountToken().getExpirationSeconds() == null) {
                source.getServiceAccountToken().setExpirationSeconds(3600L);
            }
            if (source.getDownwardAPI() != null) {
                list(source.getDownwardAPI().getItems()).forEach(VolumeDefaults::downward);
            }
        }
    }

    private static void downward(DownwardAPIVolumeFile file) {
        if (file.getFieldRef() != null && Settled.blank(file.getFieldRef().getApiVersion())) {
            file.getFieldRef().setApiVersion("v1");
        }
        if (file.getResourceFieldRef() != null) {
            file.getResourceFieldRef()
                    .setDivisor(Defaults.canonical(file.getResourceFieldRef().getDivisor()));
        }
    }

    private static void hostPath(@Nullable HostPathVolumeSource hostPath) {
        if (hostPath != null && hostPath.getType() == null) {
            hostPath.setType("");
        }
    }

    private static void claim(@Nullable PersistentVolumeClaimSpec claim) {
        if (claim != null && claim.getVolumeMode() == null) {
            claim.setVolumeMode("Filesystem");
        }
    }

    private static boolean sourceless(Volume volume) {
        return volume.equals(new io.fabric8.kubernetes.api.model.VolumeBuilder()
                .withName(volume.getName())
                .build());
    }
}
