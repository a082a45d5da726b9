package dev.jobctl.node.process;

import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.RunningUser;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a pod the process runtime cannot do. It says so instead of leaving it out.
///
/// @param sandboxed whether the pod gets a sandbox
/// @param root whether this program runs as root
record Refusals(Pod pod, boolean sandboxed, boolean root) {
    private static final String SERVICE_ACCOUNT_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final String USUAL_OR_NONE = "may only be RuntimeDefault or Unconfined";

    Optional<String> first() {
        return Stream.concat(
                        Stream.concat(ofPod(), containers().flatMap(this::ofSecurity)),
                        sandboxed ? Stream.empty() : containers().flatMap(this::ofMounts))
                .findFirst()
                .map(what -> "the process runtime cannot do this: " + what);
    }

    private Stream<Container> containers() {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }

    private Stream<String> ofPod() {
        Stream.Builder<String> found = Stream.builder();
        if (Boolean.TRUE.equals(pod.getSpec().getShareProcessNamespace())) {
            found.add("shareProcessNamespace: each container has its processes for itself");
        }
        @Nullable PodSecurityContext shared = pod.getSpec().getSecurityContext();
        if (shared != null) {
            seccomp(shared.getSeccompProfile()).forEach(found::add);
            if (shared.getSeLinuxOptions() != null) {
                found.add("seLinuxOptions");
            }
            if (shared.getWindowsOptions() != null) {
                found.add("windowsOptions");
            }
            if (shared.getSysctls() != null && !shared.getSysctls().isEmpty()) {
                found.add("sysctls: they are the host's own");
            }
        }
        return found.build();
    }

    private Stream<String> ofSecurity(Container container) {
        Stream.Builder<String> found = Stream.builder();
        Confinement confinement = Confinements.of(pod, container);
        Optional<String> root = RunningUser.refusal(pod, container, confinement);
        root.ifPresent(found::add);
        if (confinement.changesUser() && !sandboxed && !this.root) {
            found.add("runAsUser, runAsGroup, fsGroup and supplementalGroups without a sandbox");
        } else if (confinement.groups() != null && !this.root) {
            found.add("fsGroup and supplementalGroups, which only root can give");
        }
        if (confinement.readOnlyRoot() && !sandboxed) {
            found.add("readOnlyRootFilesystem without a sandbox");
        }
        @Nullable SecurityContext own = container.getSecurityContext();
        if (own != null) {
            ofSecurity(own).forEach(found::add);
        }
        return found.build();
    }

    private Stream<String> ofSecurity(SecurityContext own) {
        Stream.Builder<String> found = Stream.builder();
        if (Boolean.TRUE.equals(own.getPrivileged()) && sandboxed) {
            found.add("privileged in a sandbox: annotate the pod with " + ProcessRuntime.SANDBOX + ": \"off\"");
        }
        if (own.getSeLinuxOptions() != null) {
            found.add("seLinuxOptions");
        }
        if ("Unmasked".equals(own.getProcMount())) {
            found.add("procMount Unmasked");
        }
        seccomp(own.getSeccompProfile()).forEach(found::add);
        capabilities(own.getCapabilities()).forEach(found::add);
        return found.build();
    }

    private static Stream<String> seccomp(@Nullable SeccompProfile profile) {
        boolean local = profile != null && "Localhost".equals(profile.getType());
        return local ? Stream.of("seccompProfile " + USUAL_OR_NONE) : Stream.empty();
    }

    /// Those that reach beyond the sandbox are not given, and without a sandbox nothing is taken away.
    private Stream<String> capabilities(@Nullable Capabilities wanted) {
        if (wanted == null) {
            return Stream.empty();
        }
        List<String> added = wanted.getAdd() == null ? List.of() : wanted.getAdd();
        List<String> dropped = wanted.getDrop() == null ? List.of() : wanted.getDrop();
        Stream<String> beyond = added.stream()
                .filter(name -> sandboxed)
                .filter(name -> !Confinement.USUAL_CAPABILITIES.contains(name.replaceFirst("^CAP_", "")))
                .map(name -> "capability " + name + ", which reaches beyond the sandbox");
        boolean kept = !sandboxed && !dropped.isEmpty() && root;
        return Stream.concat(beyond, kept ? Stream.of("dropping capabilities without a sandbox") : Stream.empty());
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
