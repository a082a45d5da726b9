package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod as Services see it.
///
/// @param address empty while it has none
/// @param over whether it has ended: then it is nobody's endpoint
/// @param terminating whether it is being deleted
/// @param hostname empty for none
/// @param subdomain the headless Service that gives it a name; empty for none
/// @param ports number by `NAME/PROTOCOL`
public record BackendView(
        ObjectRef ref,
        Map<String, String> labels,
        String address,
        boolean ready,
        boolean over,
        boolean terminating,
        String node,
        String hostname,
        String subdomain,
        Map<String, Integer> ports) {
    public BackendView {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }

    public static BackendView of(Pod pod) {
        PodSpec spec = pod.getSpec();
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        return new BackendView(
                ObjectRef.of(Kinds.POD, pod),
                Settled.map(pod.getMetadata().getLabels()),
                Settled.orEmpty(status.getPodIP()),
                ready(status),
                "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase()),
                pod.getMetadata().getDeletionTimestamp() != null,
                Settled.orEmpty(spec.getNodeName()),
                Settled.orEmpty(spec.getHostname()),
                Settled.orEmpty(spec.getSubdomain()),
                ports(spec));
    }

    private static boolean ready(PodStatus status) {
        return Settled.list(status.getConditions()).stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Map<String, Integer> ports(PodSpec spec) {
        Map<String, Integer> ports = new HashMap<>();
        List<Container> all = new ArrayList<>(Settled.list(spec.getContainers()));
        all.addAll(Settled.list(spec.getInitContainers()));
        for (Container container : all) {
            for (ContainerPort port : Settled.list(container.getPorts())) {
                if (!Settled.blank(port.getName()) && port.getContainerPort() != null) {
                    ports.putIfAbsent(port.getName() + "/" + port.getProtocol(), port.getContainerPort());
                }
            }
        }
        return ports;
    }

    /// The number of one of its ports as a Service's port aims at it; null when it has no port of that name.
    public @Nullable Integer port(ServiceView.Port port) {
        return port.targetName() == null
                ? Integer.valueOf(port.target())
                : ports.get(port.targetName() + "/" + port.protocol());
    }

    /// Whether it has every label of a selector that says anything.
    public boolean matches(Map<String, String> selector) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }
}
