package dev.jobctl.node;

import dev.jobctl.resource.view.NodeHealth;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A machine as a Node of the API.
public final class NodeObject {
    private static final String VERSION = "v1.32.0";

    private NodeObject() {}

    /// @param address its InternalIP
    /// @param runtime how it runs containers, such as `process`
    public static Node of(String name, String address, HostFacts host, String runtime, Instant now) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(
                        "kubernetes.io/hostname", name,
                        "kubernetes.io/os", host.os(),
                        "kubernetes.io/arch", host.architecture()))
                .addToAnnotations(NodeHealth.HEARTBEAT, NodeHealth.IN_PROCESS)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withCapacity(resources(host))
                .withAllocatable(resources(host))
                .addNewAddress(address, "InternalIP")
                .addNewAddress(name, "Hostname")
                .withConditions(conditions(now))
                .withNewNodeInfo()
                .withArchitecture(host.architecture())
                .withOperatingSystem(host.os())
                .withKernelVersion(host.kernel())
                .withOsImage(host.osImage())
                .withContainerRuntimeVersion(runtime + "://" + VERSION.substring(1))
                .withKubeletVersion(VERSION)
                .withKubeProxyVersion("")
                .withBootID(host.bootId())
                .withMachineID("")
                .withSystemUUID("")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    static Map<String, Quantity> resources(HostFacts host) {
        Map<String, Quantity> resources = new LinkedHashMap<>();
        resources.put("cpu", new Quantity(Integer.toString(host.cpus())));
        resources.put("memory", new Quantity(host.memoryBytes() / 1024 + "Ki"));
        resources.put("pods", new Quantity(Integer.toString(host.pods())));
        return resources;
    }

    private static List<NodeCondition> conditions(Instant now) {
        return List.of(
                condition(
                        "MemoryPressure",
                        "False",
                        "KubeletHasSufficientMemory",
                        "kubelet has sufficient memory available",
                        now),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
                condition(
                        "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
                condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
    }

    private static NodeCondition condition(String type, String status, String reason, String message, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastHeartbeatTime(at)
                .withLastTransitionTime(at)
                .build();
    }
}
