package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Names;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The volume by which a pod speaks to the API as its service account: token, authority and namespace. Admission adds
/// it to every pod whose account or own word does not forbid it, under a name of its own.
public final class AccountVolume {
    /// Holds the certificate of the authority, in every namespace of a plane that has a socket.
    public static final String AUTHORITY_MAP = "kube-root-ca.crt";

    /// The key in that ConfigMap, and the name of the file.
    public static final String AUTHORITY_FILE = "ca.crt";

    public static final String TOKEN_FILE = "token";
    public static final String NAMESPACE_FILE = "namespace";

    private static final String NAME = "kube-api-access-";
    private static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int MODE = 0644;

    /// An hour and seven seconds: by these the API server knows the tokens that nobody asked for, and lets them live
    /// longer.
    private static final long TOKEN_SECONDS = 3607;

    private AccountVolume() {}

    /// Whether admission added this volume: then all pods of an account find the same in it.
    public static boolean is(Volume volume) {
        return volume.getName().startsWith(NAME)
                && volume.getProjected() != null
                && list(volume.getProjected().getSources()).equals(sources());
    }

    /// Rule SVA-001, Kubernetes' ServiceAccount admission. Rule SVA-002: the pod's word counts before its account's.
    /// Rule SVA-003: nothing for an account that is not there. Done twice it changes nothing more.
    static void mount(Pod pod, PodRules rules) {
        PodSpec spec = pod.getSpec();
        @Nullable Boolean usual = rules.accounts().get(spec.getServiceAccountName());
        if (usual == null || !Objects.requireNonNullElse(spec.getAutomountServiceAccountToken(), usual)) {
            return;
        }
        List<Container> without = new ArrayList<>(list(spec.getInitContainers()));
        without.addAll(list(spec.getContainers()));
        without.removeIf(AccountVolume::mounts);
        if (without.isEmpty()) {
            return;
        }
        List<Volume> volumes = new ArrayList<>(list(spec.getVolumes()));
        Optional<String> known = volumes.stream()
                .map(Volume::getName)
                .filter(name -> name.startsWith(NAME))
                .findFirst();
        String name = known.orElseGet(() -> fresh(pod));
        if (known.isEmpty()) {
            Volume volume = new Volume();
            volume.setName(name);
            volume.setProjected(new ProjectedVolumeSource(MODE, sources()));
            volumes.add(volume);
            spec.setVolumes(volumes);
        }
        for (Container container : without) {
            List<VolumeMount> mounts = new ArrayList<>(list(container.getVolumeMounts()));
            VolumeMount mount = new VolumeMount();
            mount.setName(name);
            mount.setMountPath(PLACE);
            mount.setReadOnly(true);
            mounts.add(mount);
            container.setVolumeMounts(mounts);
        }
    }

    private static boolean mounts(Container container) {
        return list(container.getVolumeMounts()).stream().anyMatch(mount -> PLACE.equals(mount.getMountPath()));
    }

    /// Drawn from the pod's uid, which is luck enough.
    private static String fresh(Pod pod) {
        String uid = pod.getMetadata().getUid();
        return Names.generate(NAME, uid == null ? 0 : UUID.fromString(uid).getLeastSignificantBits());
    }

    private static List<VolumeProjection> sources() {
        VolumeProjection token = new VolumeProjection();
        token.setServiceAccountToken(new ServiceAccountTokenProjection(null, TOKEN_SECONDS, TOKEN_FILE));
        VolumeProjection authority = new VolumeProjection();
        authority.setConfigMap(new ConfigMapProjection(
                List.of(new KeyToPath(AUTHORITY_FILE, null, AUTHORITY_FILE)), AUTHORITY_MAP, null));
        VolumeProjection namespace = new VolumeProjection();
        DownwardAPIVolumeFile file = new DownwardAPIVolumeFile();
        file.setPath(NAMESPACE_FILE);
        file.setFieldRef(new ObjectFieldSelector("v1", "metadata.namespace"));
        namespace.setDownwardAPI(new DownwardAPIProjection(List.of(file)));
        return List.of(token, authority, namespace);
    }
}
