package dev.jobctl.node.container;

import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.RunningUser;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a pod the container runtime cannot do, or does not without leave. It says so instead of leaving it out.
record ContainerRefusals(Pod pod) {
    private static final String LEAVE = ": annotate the pod with " + ProcessRuntime.SANDBOX + ": \"off\"";

    Optional<String> first() {
        return Stream.concat(ofPod(), containers().flatMap(this::ofContainer))
                .findFirst()
                .map(what -> "the container runtime cannot do this: " + what);
    }

    private Stream<Container> containers() {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }

    /// Somebody who knows this machine let the pod out of its sandbox.
    static boolean open(Pod pod) {
        @Nullable Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && "off".equals(annotations.get(ProcessRuntime.SANDBOX));
    }

    private Stream<String> ofPod() {
        Stream.Builder<String> found = Stream.builder();
        PodSpec spec = pod.getSpec();
        if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
            found.add("shareProcessNamespace: each container has its processes for itself");
        }
        if (Boolean.TRUE.equals(spec.getHostPID()) || Boolean.TRUE.equals(spec.getHostIPC())) {
            found.add("hostPID and hostIPC: containers see their own processes only");
        }
        if (Boolean.FALSE.equals(spec.getHostUsers())) {
            found.add("hostUsers: false");
        }
        @Nullable PodSecurityContext shared = spec.getSecurityContext();
        if (shared != null) {
            if (local(shared.getSeccompProfile())) {
                found.add("seccompProfile Localhost");
            }
            if (shared.getSeLinuxOptions() != null) {
                found.add("seLinuxOptions");
            }
            if (shared.getWindowsOptions() != null) {
                found.add("windowsOptions");
            }
            if (shared.getSysctls() != null && !shared.getSysctls().isEmpty()) {
                found.add("sysctls");
            }
        }
        return found.build();
    }

    private Stream<String> ofContainer(Container container) {
        Stream.Builder<String> found = Stream.builder();
        Confinement confinement = Confinements.of(pod, container);
        RunningUser.refusal(pod, container, confinement).ifPresent(found::add);
        if (confinement.group() != null && confinement.user() == null) {
            found.add("runAsGroup without runAsUser");
        }
        if (container.getVolumeDevices() != null
                && !container.getVolumeDevices().isEmpty()) {
            found.add("volumeDevices");
        }
        if (Boolean.TRUE.equals(container.getTty()) || Boolean.TRUE.equals(container.getStdin())) {
            found.add("stdin and tty of a container: use exec");
        }
        @Nullable SecurityContext own = container.getSecurityContext();
        if (own != null) {
            ofSecurity(own, confinement).forEach(found::add);
        }
        return found.build();
    }

    private Stream<String> ofSecurity(SecurityContext own, Confinement confinement) {
        Stream.Builder<String> found = Stream.builder();
        boolean open = open(pod);
        if (Boolean.TRUE.equals(own.getPrivileged()) && !open) {
            found.add("privileged" + LEAVE);
        }
        List<String> beyond = confinement.capabilities().stream()
                .filter(name -> !Confinement.USUAL_CAPABILITIES.contains(name))
                .toList();
        if (!beyond.isEmpty() && !open) {
            found.add("capabilities " + String.join(", ", beyond) + LEAVE);
        }
        if (own.getSeLinuxOptions() != null) {
            found.add("seLinuxOptions");
        }
        if ("Unmasked".equals(own.getProcMount())) {
            found.add("procMount Unmasked");
        }
        if (local(own.getSeccompProfile())) {
            found.add("seccompProfile Localhost");
        }
        return found.build();
    }

    private static boolean local(@Nullable SeccompProfile profile) {
        return profile != null && "Localhost".equals(profile.getType());
    }
}
