package dev.jobctl.node;

import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.ContainerPlans;
import dev.jobctl.node.runtime.InPlace;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodFacts;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.node.volume.MountError;
import dev.jobctl.node.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one pod's containers find around them. Owned by the pod's thread.
record PodSurroundings(
        Pod pod, PodFacts facts, ConfigLookup lookup, PodVolumes volumes, PodDirectory directory, PodRuntime runtime) {
    private static final String LOCAL = """
        # Kubernetes-managed hosts file.
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        """;

    /// A label of a name is no longer.
    private static final int HOSTNAME_MAX = 63;

    private static final int KERNEL_NAME_MAX = 64;
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");

    /// After the volumes were prepared. Reads ConfigMaps and Secrets as they are now.
    ContainerPlan plan(Container container) throws ConfigError, MountError, IOException {
        Map<String, String> variables = ContainerPlans.variables(pod, container, facts, lookup);
        if (!runtime.sandboxes(pod)) {
            return plan(container, variables, List.of());
        }
        writeHosts();
        List<Mount> mounts = new ArrayList<>(volumes.mounts(container, variables));
        resolver().ifPresent(mounts::add);
        return plan(container, variables, mounts);
    }

    private ContainerPlan plan(Container container, Map<String, String> variables, List<Mount> mounts)
            throws ConfigError {
        return ContainerPlans.of(
                container, ContainerPlans.basics(pod, container, facts), variables, around(container, mounts));
    }

    /// For a command beside a container that an earlier life of the node started: it mounts nothing anew.
    ContainerPlan beside(Container container) throws ConfigError {
        Map<String, String> variables = ContainerPlans.variables(pod, container, facts, lookup);
        return plan(container, variables, List.of());
    }

    /// Only where the pod says something of it: otherwise it is the host's, or the image's.
    private Optional<Mount> resolver() throws IOException {
        @Nullable PodDNSConfig wanted = pod.getSpec().getDnsConfig();
        if (wanted == null) {
            return Optional.empty();
        }
        String host = Files.isReadable(RESOLVER) ? Files.readString(RESOLVER) : "";
        boolean none = "None".equals(pod.getSpec().getDnsPolicy());
        Files.writeString(directory.resolver(), Resolver.text(host, none, wanted));
        return Optional.of(Mount.whole(directory.resolver(), RESOLVER.toString(), false, false));
    }

    private Surroundings around(Container container, List<Mount> mounts) throws ConfigError {
        boolean sandboxed = runtime.sandboxes(pod);
        String path = Objects.requireNonNullElse(container.getTerminationMessagePath(), "");
        return new Surroundings(
                sandboxed,
                kernelName(),
                facts.podAddress(),
                sandboxed ? directory.hosts() : null,
                mounts,
                path.isEmpty() ? Surroundings.TERMINATION_PATH : path,
                Confinements.of(pod, container, runtime.ownNetwork(facts.podAddress())),
                Boolean.TRUE.equals(pod.getSpec().getShareProcessNamespace()),
                owner());
    }

    private String owner() {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElseGet(() -> pod.getMetadata().getUid());
    }

    /// Makes the pod's hosts file say what is true now. Written in place: containers that run see it too.
    void writeHosts() throws IOException {
        String text = hosts();
        if (!Files.exists(directory.hosts())
                || !Files.readString(directory.hosts()).equals(text)) {
            InPlace.write(directory.hosts(), text);
        }
    }

    /// The name that the kernel knows: the short one, unless the pod wants the whole.
    private String kernelName() throws ConfigError {
        @Nullable String subdomain = pod.getSpec().getSubdomain();
        boolean whole =
                Boolean.TRUE.equals(pod.getSpec().getSetHostnameAsFQDN()) && subdomain != null && !subdomain.isEmpty();
        String name = whole ? wholeName(subdomain) : hostname();
        if (name.length() > KERNEL_NAME_MAX) {
            throw new ConfigError(
                    "Failed to construct FQDN from Pod hostname and cluster domain, FQDN %s is too long (%d characters is the max, %d characters requested)"
                            .formatted(name, KERNEL_NAME_MAX, name.length()));
        }
        return name;
    }

    private String wholeName(String subdomain) {
        return "%s.%s.%s.svc.cluster.local"
                .formatted(hostname(), subdomain, pod.getMetadata().getNamespace());
    }

    private String hostname() {
        @Nullable String instead = pod.getSpec().getHostnameOverride();
        if (instead != null && !instead.isEmpty()) {
            return instead;
        }
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
            text.append(wholeName(subdomain)).append('\t');
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
