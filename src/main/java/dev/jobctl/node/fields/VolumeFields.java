package dev.jobctl.node.fields;

import static dev.jobctl.node.fields.Field.done;
import static dev.jobctl.node.fields.Field.refusal;
import static dev.jobctl.node.fields.Field.refused;
import static dev.jobctl.node.fields.Field.warning;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of a volume and of its mounts.
final class VolumeFields {
    static final List<Field<Volume>> VOLUME = List.of(
            elsewhere("awsElasticBlockStore", Volume::getAwsElasticBlockStore),
            elsewhere("azureDisk", Volume::getAzureDisk),
            elsewhere("azureFile", Volume::getAzureFile),
            elsewhere("cephfs", Volume::getCephfs),
            elsewhere("cinder", Volume::getCinder),
            done("configMap"),
            elsewhere("csi", Volume::getCsi),
            done("downwardAPI"),
            new Field<>("emptyDir", (volume, pod, way) -> emptyDir(volume.getEmptyDir())),
            elsewhere("ephemeral", Volume::getEphemeral),
            elsewhere("fc", Volume::getFc),
            elsewhere("flexVolume", Volume::getFlexVolume),
            elsewhere("flocker", Volume::getFlocker),
            elsewhere("gcePersistentDisk", Volume::getGcePersistentDisk),
            elsewhere("gitRepo", Volume::getGitRepo),
            elsewhere("glusterfs", Volume::getGlusterfs),
            done("hostPath"),
            elsewhere("image", Volume::getImage),
            elsewhere("iscsi", Volume::getIscsi),
            done("name"),
            elsewhere("nfs", Volume::getNfs),
            done("persistentVolumeClaim"),
            elsewhere("photonPersistentDisk", Volume::getPhotonPersistentDisk),
            elsewhere("portworxVolume", Volume::getPortworxVolume),
            new Field<>("projected", (volume, pod, way) -> projected(volume.getProjected())),
            elsewhere("quobyte", Volume::getQuobyte),
            elsewhere("rbd", Volume::getRbd),
            elsewhere("scaleIO", Volume::getScaleIO),
            done("secret"),
            elsewhere("storageos", Volume::getStorageos),
            elsewhere("vsphereVolume", Volume::getVsphereVolume));

    static final List<Field<VolumeMount>> MOUNT = List.of(
            done("mountPath"),
            refused(
                    "mountPropagation",
                    mount -> !Objects.requireNonNullElse(mount.getMountPropagation(), "None")
                            .equals("None"),
                    "mountPropagation: mounts of the host and of containers do not pass on here"),
            done("name"),
            done("readOnly"),
            new Field<>(
                    "recursiveReadOnly",
                    (mount, pod, way) -> Field.refusalIf(
                            way.containers() && "Enabled".equals(mount.getRecursiveReadOnly()),
                            "recursiveReadOnly Enabled: the engine does not make mounts below read-only")),
            done("subPath"),
            done("subPathExpr"));

    private VolumeFields() {}

    private static Field<Volume> elsewhere(String kind, Function<Volume, @Nullable Object> source) {
        return new Field<>(
                kind,
                (volume, pod, way) -> source.apply(volume) == null
                        ? Optional.empty()
                        : refusal("volume \"%s\" of kind %s".formatted(volume.getName(), kind)));
    }

    private static Optional<Answer> emptyDir(@Nullable EmptyDirVolumeSource source) {
        String medium = source == null ? "" : Objects.requireNonNullElse(source.getMedium(), "");
        if (medium.startsWith("HugePages")) {
            return refusal("emptyDir of medium " + medium);
        }
        return medium.isEmpty() ? Optional.empty() : warning("emptyDir of medium " + medium + " lies on the disk");
    }

    private static Optional<Answer> projected(@Nullable ProjectedVolumeSource projected) {
        boolean known = projected == null
                || projected.getSources().stream()
                        .allMatch(source -> source.getConfigMap() != null
                                || source.getSecret() != null
                                || source.getDownwardAPI() != null
                                || source.getServiceAccountToken() != null);
        return Field.refusalIf(!known, "clusterTrustBundle and podCertificate in a projected volume");
    }
}
