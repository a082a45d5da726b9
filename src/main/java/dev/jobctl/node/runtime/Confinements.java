package dev.jobctl.node.runtime;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// From `securityContext` and `resources` of a pod and its container to what a runtime has to hold the container to.
/// The container's own word counts before the pod's.
public final class Confinements {
    /// The annotation for the number of processes that each container of a pod may have.
    public static final String PROCESSES = "jobctl.dev/pids-limit";

    private static final long MILLI = 1000;

    private Confinements() {}

    /// On the host's network.
    public static Confinement of(Pod pod, Container container) {
        return of(pod, container, false);
    }

    /// @param ownNetwork whether the pod is not on the host's network
    public static Confinement of(Pod pod, Container container, boolean ownNetwork) {
        PodSecurityContext shared =
                Objects.requireNonNullElseGet(pod.getSpec().getSecurityContext(), PodSecurityContext::new);
        SecurityContext own = Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        return new Confinement(
                first(own.getRunAsUser(), shared.getRunAsUser()),
                first(own.getRunAsGroup(), shared.getRunAsGroup()),
                groups(shared),
                capabilities(own.getCapabilities(), Confinement.usual(ownNetwork)),
                Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()),
                Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
                Boolean.TRUE.equals(own.getPrivileged()),
                unconfined(own.getSeccompProfile() == null ? shared.getSeccompProfile() : own.getSeccompProfile()),
                limit(pod, container, "memory", 1),
                limit(pod, container, "cpu", MILLI),
                processes(pod));
    }

    private static boolean unconfined(@Nullable SeccompProfile profile) {
        return profile != null && "Unconfined".equals(profile.getType());
    }

    /// A cluster has this limit in the kubelet's configuration, for all pods of a node; here a pod may name its own.
    private static long processes(Pod pod) {
        @Nullable Map<String, String> annotations = pod.getMetadata().getAnnotations();
        @Nullable String limit = annotations == null ? null : annotations.get(PROCESSES);
        return limit != null && limit.matches("[1-9]\\d{0,8}") ? Long.parseLong(limit) : 0;
    }

    private static @Nullable Long first(@Nullable Long own, @Nullable Long shared) {
        return own == null ? shared : own;
    }

    private static @Nullable List<Long> groups(PodSecurityContext shared) {
        Set<Long> groups = new LinkedHashSet<>();
        if (shared.getFsGroup() != null) {
            groups.add(shared.getFsGroup());
        }
        if (shared.getSupplementalGroups() != null) {
            groups.addAll(shared.getSupplementalGroups());
        }
        return groups.isEmpty() ? null : new ArrayList<>(groups);
    }

    private static List<String> capabilities(@Nullable Capabilities wanted, List<String> usual) {
        Set<String> kept = new TreeSet<>(usual);
        if (wanted == null) {
            return List.copyOf(kept);
        }
        if (names(wanted.getDrop()).contains("ALL")) {
            kept.clear();
        }
        kept.removeAll(names(wanted.getDrop()));
        kept.addAll(names(wanted.getAdd()));
        return List.copyOf(kept);
    }

    private static List<String> names(@Nullable List<String> capabilities) {
        return capabilities == null
                ? List.of()
                : capabilities.stream()
                        .map(name -> name.startsWith("CAP_") ? name.substring(4) : name)
                        .toList();
    }

    /// As the kubelet has it: a container without a limit of its own has that of the whole pod.
    private static long limit(Pod pod, Container container, String name, long unit) {
        long own = limit(container.getResources(), name, unit);
        return own == 0 ? limit(pod.getSpec().getResources(), name, unit) : own;
    }

    private static long limit(@Nullable ResourceRequirements resources, String name, long unit) {
        @Nullable Map<String, Quantity> limits = resources == null ? null : resources.getLimits();
        @Nullable Quantity limit = limits == null ? null : limits.get(name);
        return Quantities.amount(limit)
                .multiply(java.math.BigDecimal.valueOf(unit))
                .longValue();
    }
}
