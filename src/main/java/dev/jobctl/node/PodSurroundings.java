package dev.jobctl.node;

import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.ContainerPlans;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodFacts;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.node.volume.MountError;
import dev.jobctl.node.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one pod's containers find around them. Owned by the pod's thread.
record PodSurroundings(
        Pod pod, PodFacts facts, ConfigLookup lookup, PodVolumes volumes, PodDirectory directory, PodRuntime runtime) {
    private static final String LOCAL = """
        # Kubernetes-managed hosts file.
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        """;

    /// A kernel takes no longer name.
    private static final int HOSTNAME_MAX = 63;

    /// After the volumes were prepared. Reads ConfigMaps and Secrets as they are now.
    ContainerPlan plan(Container container) throws ConfigError, MountError, IOException {
        Map<String, String> variables = ContainerPlans.variables(pod, container, facts, lookup);
        if (!runtime.sandboxes(pod)) {
            return ContainerPlans.of(container, variables, around(container, List.of()));
        }
        writeHosts();
        return ContainerPlans.of(container, variables, around(container, volumes.mounts(container, variables)));
    }

    /// For a command beside a container that an earlier life of the node started: it mounts nothing anew.
    ContainerPlan beside(Container container) throws ConfigError {
        Map<String, String> variables = ContainerPlans.variables(pod, container, facts, lookup);
        return ContainerPlans.of(container, variables, around(container, List.of()));
    }

    private Surroundings around(Container container, List<Mount> mounts) {
        boolean sandboxed = runtime.sandboxes(pod);
        String path = Objects.requireNonNullElse(container.getTerminationMessagePath(), "");
        return new Surroundings(
                sandboxed,
                hostname(),
                facts.podAddress(),
                sandboxed ? directory.hosts() : null,
                mounts,
                path.isEmpty() ? Surroundings.TERMINATION_PATH : path,
                Confinements.of(pod, container, runtime.ownNetwork(facts.podAddress())));
    }

    /// Makes the pod's hosts file say what is true now. Written in place: containers that run see it too.
    void writeHosts() throws IOException {
        String text = hosts();
        if (!Files.exists(directory.hosts())
                || !Files.readString(directory.hosts()).equals(text)) {
            Files.writeString(directory.hosts(), text);
        }
    }

    private String hostname() {
        @Nullable String named = pod.getSpec().getHostname();
        String name = named == null || named.isEmpty() ? pod.getMetadata().getName() : named;
        return name.length() > HOSTNAME_MAX ? name.substring(0, HOSTNAME_MAX).replaceFirst("[-.]+$", "") : name;
    }

    /// As the kubelet writes it.
    private String hosts() {
        StringBuilder text = new StringBuilder(LOCAL);
        @Nullable String subdomain = pod.getSpec().getSubdomain();
        text.append(facts.podAddress()).append('\t');
        if (subdomain != null && !subdomain.isEmpty()) {
            text.append("%s.%s.%s.svc.cluster.local\t"
                    .formatted(hostname(), subdomain, pod.getMetadata().getNamespace()));
        }
        text.append(hostname()).append('\n');
        text.append(lookup.hostLines(pod.getMetadata().getNamespace()));
        @Nullable List<HostAlias> aliases = pod.getSpec().getHostAliases();
        for (HostAlias alias : aliases == null ? List.<HostAlias>of() : aliases) {
            text.append(alias.getIp())
                    .append('\t')
                    .append(String.join("\t", alias.getHostnames()))
                    .append('\n');
        }
        return text.toString();
    }
}
