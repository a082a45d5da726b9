package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `runAsNonRoot`, as the kubelet checks it before a start.
public final class RunningUser {
    private RunningUser() {}

    /// What is wrong with the user that the container would run as; empty when nothing is.
    public static Optional<String> refusal(Pod pod, Container container, Confinement confinement) {
        Long user = confinement.user();
        return mustNotBeRoot(pod, container) && user != null && user == 0
                ? Optional.of("container's runAsUser breaks non-root policy")
                : Optional.empty();
    }

    /// Whether `runAsNonRoot` holds for the container.
    public static boolean mustNotBeRoot(Pod pod, Container container) {
        boolean shared = pod.getSpec().getSecurityContext() != null
                && Boolean.TRUE.equals(pod.getSpec().getSecurityContext().getRunAsNonRoot());
        @Nullable
        Boolean own = container.getSecurityContext() == null
                ? null
                : container.getSecurityContext().getRunAsNonRoot();
        return own == null ? shared : own;
    }
}
