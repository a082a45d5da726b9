package dev.jobctl.node.life;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of a pod's spec its life depends on; the spec cannot change after creation.
///
/// @param containers init containers and sidecars in order, then the app containers
/// @param activeDeadline counted from the pod's start, null for none
/// @param grace between SIGTERM and SIGKILL when the pod ends by itself or by its deadline
/// @param readinessGates types of conditions, written by others, without which the pod is not ready
public record PodPlan(
        ObjectRef pod,
        RestartPolicy restartPolicy,
        List<Member> containers,
        @Nullable Duration activeDeadline,
        Duration grace,
        List<String> readinessGates) {
    private static final long GRACE_SECONDS = 30;

    public PodPlan {
        containers = List.copyOf(containers);
        readinessGates = List.copyOf(readinessGates);
    }

    /// Of a pod that is ready when its containers are.
    public PodPlan(
            ObjectRef pod,
            RestartPolicy restartPolicy,
            List<Member> containers,
            @Nullable Duration activeDeadline,
            Duration grace) {
        this(pod, restartPolicy, containers, activeDeadline, grace, List.of());
    }

    /// One container of the pod.
    ///
    /// @param startupProbe whether somebody asks its startup probe and will say what it found; so `readinessProbe`
    /// @param postStart whether somebody runs its postStart hook and will say when it is over; so `preStop`
    public record Member(
            String name,
            ContainerRole role,
            String image,
            boolean startupProbe,
            boolean readinessProbe,
            boolean postStart,
            boolean preStop) {
        /// One whose probes nobody asks, and whose hooks nobody runs.
        public Member(String name, ContainerRole role, String image) {
            this(name, role, image, false, false, false, false);
        }

        String fieldPath() {
            return (role == ContainerRole.APP ? "spec.containers{" : "spec.initContainers{") + name + "}";
        }
    }

    /// Of a pod whose probes nobody asks, and whose hooks nobody runs: as if they succeeded.
    public static PodPlan of(Pod pod) {
        return of(pod, false);
    }

    /// Of a pod whose probes are asked.
    public static PodPlan probed(Pod pod) {
        return of(pod, true);
    }

    private static PodPlan of(Pod pod, boolean probed) {
        List<Member> members = new ArrayList<>();
        for (Container container : pod.getSpec().getInitContainers()) {
            boolean sidecar = "Always".equals(container.getRestartPolicy());
            members.add(member(container, sidecar ? ContainerRole.SIDECAR : ContainerRole.INIT, probed));
        }
        for (Container container : pod.getSpec().getContainers()) {
            members.add(member(container, ContainerRole.APP, probed));
        }
        @Nullable Long deadline = pod.getSpec().getActiveDeadlineSeconds();
        @Nullable Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
        return new PodPlan(
                ObjectRef.of(Kinds.POD, pod),
                RestartPolicy.valueOf(Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always")),
                members,
                deadline == null ? null : Duration.ofSeconds(deadline),
                Duration.ofSeconds(grace == null ? GRACE_SECONDS : grace),
                gates(pod.getSpec().getReadinessGates()));
    }

    private static List<String> gates(List<PodReadinessGate> gates) {
        return gates.isEmpty()
                ? List.of()
                : gates.stream().map(PodReadinessGate::getConditionType).toList();
    }

    private static Member member(Container container, ContainerRole role, boolean probed) {
        return new Member(
                container.getName(),
                role,
                Objects.requireNonNullElse(container.getImage(), ""),
                probed && container.getStartupProbe() != null,
                probed && container.getReadinessProbe() != null,
                probed
                        && container.getLifecycle() != null
                        && container.getLifecycle().getPostStart() != null,
                probed
                        && container.getLifecycle() != null
                        && container.getLifecycle().getPreStop() != null);
    }

    /// An init container that succeeded is done, also where apps start again for ever.
    RestartPolicy policyOf(Member member) {
        return switch (member.role()) {
            case INIT -> restartPolicy == RestartPolicy.Always ? RestartPolicy.OnFailure : restartPolicy;
            case SIDECAR -> RestartPolicy.Always;
            case APP -> restartPolicy;
        };
    }
}
