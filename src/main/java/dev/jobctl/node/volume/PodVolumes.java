package dev.jobctl.node.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.Expansion;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodFacts;
import dev.jobctl.resource.defaults.AccountVolume;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pod's volumes: made once before its first container, then mounted into each. Owned by the pod's thread.
public final class PodVolumes {
    private final Pod pod;
    private final PodDirectory directory;
    private final AccountDirectories accounts;
    private final Claims claims;
    private final HostPaths hostPaths;
    private final PodFacts facts;
    private final ConfigLookup lookup;
    private final VolumeGroup group;
    private final Map<String, Path> made = new LinkedHashMap<>();

    /// `home` is the control plane's.
    public PodVolumes(
            Pod pod,
            PodDirectory directory,
            Path home,
            PodFacts facts,
            ConfigLookup lookup,
            AccountDirectories accounts) {
        this.accounts = accounts;
        this.pod = pod;
        this.directory = directory;
        claims = new Claims(home, lookup);
        hostPaths = new HostPaths(home);
        this.facts = facts;
        this.lookup = lookup;
        group = VolumeGroup.of(pod);
    }

    /// Makes what is not made yet. What an earlier life of the node wrote into emptyDir volumes stays.
    public void prepare() throws MountError {
        for (Volume volume : pod.getSpec().getVolumes()) {
            String name = volume.getName();
            if (made.containsKey(name)) {
                continue;
            }
            try {
                made.put(name, make(volume));
            } catch (ConfigError | IOException e) {
                throw new MountError(name, said(e));
            }
        }
    }

    private static String said(Exception e) {
        boolean plain = e instanceof ConfigError || e.getClass() == FileSystemException.class;
        return plain ? String.valueOf(e.getMessage()) : e.toString();
    }

    private Path make(Volume volume) throws ConfigError, IOException {
        Path own = directory.volume(volume.getName());
        if (volume.getEmptyDir() != null) {
            VolumeFiles.makeDirectory(own, 0777);
            group.open(own);
            return own;
        }
        if (volume.getHostPath() != null) {
            return hostPaths.check(volume.getHostPath(), pod);
        }
        if (volume.getPersistentVolumeClaim() != null) {
            Path claimed = claims.directory(
                    pod.getMetadata().getNamespace(),
                    volume.getPersistentVolumeClaim().getClaimName());
            group.open(claimed);
            return claimed;
        }
        Optional<Path> shared = AccountVolume.is(volume) ? accounts.of(pod) : Optional.empty();
        if (shared.isEmpty()) {
            VolumeFiles.write(own, files(volume, pod), group);
        }
        return shared.orElse(own);
    }

    /// Writes anew what has changed since of ConfigMaps, Secrets and the pod itself, for containers that run. Where
    /// something is missing now, what was there stays.
    ///
    /// @param newest the pod as it is now
    public void refresh(Pod newest) throws MountError {
        for (Volume volume : pod.getSpec().getVolumes()) {
            Path own = directory.volume(volume.getName());
            if (!changing(volume) || !Files.isDirectory(own)) {
                continue;
            }
            try {
                List<VolumeFile> files = files(volume, newest);
                if (!VolumeFiles.holds(own, files)) {
                    VolumeFiles.write(own, files, group);
                }
            } catch (ConfigError | IOException e) {
                throw new MountError(volume.getName(), said(e));
            }
        }
    }

    private static boolean changing(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null;
    }

    private List<VolumeFile> files(Volume volume, Pod asOf) throws ConfigError {
        var projections = new Projections(asOf, facts, lookup);
        @Nullable ConfigMapVolumeSource map = volume.getConfigMap();
        if (map != null) {
            int mode = Projections.mode(map.getDefaultMode());
            return projections.configMap(map.getName(), map.getItems(), mode, map.getOptional());
        }
        @Nullable SecretVolumeSource secret = volume.getSecret();
        if (secret != null) {
            int mode = Projections.mode(secret.getDefaultMode());
            return projections.secret(secret.getSecretName(), secret.getItems(), mode, secret.getOptional());
        }
        @Nullable DownwardAPIVolumeSource downward = volume.getDownwardAPI();
        if (downward != null) {
            return projections.downward(downward.getItems(), Projections.mode(downward.getDefaultMode()));
        }
        @Nullable ProjectedVolumeSource projected = volume.getProjected();
        if (projected != null) {
            return projections.projected(projected.getSources(), Projections.mode(projected.getDefaultMode()));
        }
        throw new ConfigError("volumes of this kind are not supported here");
    }

    /// What `container` mounts, after [#prepare]. `variables` are its own, for `subPathExpr`. No two have one target:
    /// an engine would refuse that.
    public List<Mount> mounts(Container container, Map<String, String> variables) throws MountError {
        List<Mount> mounts = new ArrayList<>();
        for (Path path : HostPaths.writable(pod)) {
            boolean mountedOver = container.getVolumeMounts().stream()
                    .anyMatch(mount -> Path.of(mount.getMountPath()).equals(path));
            if (Files.isDirectory(path) && !mountedOver) {
                mounts.add(Mount.whole(path, path.toString(), false, true));
            }
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            mounts.add(mount(mount, variables));
        }
        return mounts;
    }

    private Mount mount(VolumeMount mount, Map<String, String> variables) throws MountError {
        Volume volume = volume(mount.getName());
        Path source = Objects.requireNonNull(made.get(mount.getName()), mount.getName());
        boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly()) || written(volume);
        try {
            if (volume.getHostPath() != null && !readOnly) {
                HostPaths.checkWrite(source, pod);
            }
            String subPath = subPath(mount, variables);
            boolean makes = volume.getHostPath() == null || !readOnly;
            Path part = subPath.isEmpty() ? source : part(source, subPath, makes);
            if (volume.getHostPath() != null) {
                hostPaths.checkOwn(part);
            }
            return new Mount(source, subPath, mount.getMountPath(), readOnly, Files.isDirectory(part));
        } catch (IOException e) {
            throw new MountError(mount.getName(), said(e));
        }
    }

    /// Kinds that the kubelet writes: containers only read them.
    private static boolean written(Volume volume) {
        boolean claimReadOnly = volume.getPersistentVolumeClaim() != null
                && Boolean.TRUE.equals(volume.getPersistentVolumeClaim().getReadOnly());
        return claimReadOnly || changing(volume);
    }

    private Volume volume(String name) throws MountError {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new MountError(name, "there is no such volume in the pod"));
    }

    private static String subPath(VolumeMount mount, Map<String, String> variables) throws IOException {
        @Nullable String expression = mount.getSubPathExpr();
        String path = expression == null || expression.isEmpty()
                ? Objects.requireNonNullElse(mount.getSubPath(), "")
                : Expansion.expand(expression, variables);
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            throw new FileSystemException("subPath \"%s\" leads out of the volume".formatted(path));
        }
        return path;
    }

    /// The part of a volume, made as a directory when it is missing and `makes`, with the volume's own mode. Links may
    /// not lead out of the volume.
    private static Path part(Path source, String subPath, boolean makes) throws IOException {
        Path root = source.toRealPath();
        Path existing = root;
        for (Path step : Path.of(subPath)) {
            Path next = existing.resolve(step);
            boolean made = !Files.exists(next) && makes;
            if (made) {
                Files.createDirectory(next);
            }
            existing = next.toRealPath();
            if (!existing.startsWith(root)) {
                throw new FileSystemException("subPath \"%s\" leads out of the volume".formatted(subPath));
            }
            if (made) { // a container may have put a link there by now
                Files.setAttribute(existing, "unix:mode", Files.getAttribute(root, "unix:mode"), NOFOLLOW_LINKS);
            }
        }
        return existing;
    }
}
