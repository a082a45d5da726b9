package dev.jobctl.plane;

import dev.jobctl.apiserver.access.BuiltInRoles;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Luck;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What every cluster has before anybody asks: four namespaces, their default ServiceAccount, the two
/// priority classes of the system, the built-in roles, and the node.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    /// The name of the API's own Service.
    static final String API = "kubernetes";

    static final String API_KEY = Kinds.SERVICE.keyPrefix() + "default/" + API;

    static final int API_PORT = 443;

    private final Snapshot<ObjectVersion> before;
    private final Luck luck;
    private final String now;

    Bootstrap(Snapshot<ObjectVersion> before, Luck luck, Instant now) {
        this.before = before;
        this.luck = luck;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The first writes, in order: namespaces and the node first.
    List<Write> writes(Node node) {
        List<Write> writes = new ArrayList<>();
        for (String name : NAMESPACES) {
            add(writes, Kinds.NAMESPACE, namespace(name));
        }
        writes.add(nodeWrite(node));
        rebooted(node).ifPresent(writes::add);
        for (String name : NAMESPACES) {
            add(writes, Kinds.SERVICE_ACCOUNT, serviceAccount(name));
        }
        add(
                writes,
                Kinds.PRIORITY_CLASS,
                priorityClass(
                        "system-cluster-critical",
                        2_000_000_000,
                        "Used for system critical pods that must run in the cluster, but can be moved to another node"
                                + " if necessary."));
        add(
                writes,
                Kinds.PRIORITY_CLASS,
                priorityClass(
                        "system-node-critical",
                        2_000_001_000,
                        "Used for system critical pods that must not be moved from their current node."));
        for (HasMetadata role : BuiltInRoles.all()) {
            add(writes, kind(role), role);
        }
        return writes;
    }

    /// The API's own Service, and where it leads to; the address may be another one than last time.
    List<Write> apiServer(String host, int port) {
        List<Write> writes = new ArrayList<>();
        add(writes, Kinds.SERVICE, kubernetes());
        Endpoints endpoints = new EndpointsBuilder()
                .withNewMetadata()
                .withName(API)
                .withNamespace("default")
                .addToLabels("endpointslice.kubernetes.io/skip-mirror", "true")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp(host)
                .endAddress()
                .addNewPort()
                .withName("https")
                .withPort(port)
                .withProtocol("TCP")
                .endPort()
                .endSubset()
                .build();
        addMoved(writes, Kinds.ENDPOINTS, endpoints, (from, to) -> to.setSubsets(from.getSubsets()));
        addMoved(writes, Kinds.ENDPOINT_SLICE, slice(host, port), (from, to) -> {
            to.setEndpoints(from.getEndpoints());
            to.setPorts(from.getPorts());
        });
        return writes;
    }

    private static EndpointSlice slice(String host, int port) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(API)
                .withNamespace("default")
                .addToLabels("kubernetes.io/service-name", API)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(host)
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .addNewPort()
                .withName("https")
                .withPort(port)
                .withProtocol("TCP")
                .endPort()
                .build();
    }

    /// Creates it, or changes what is there as `take` does, if that is a change.
    private <T extends HasMetadata> void addMoved(List<Write> writes, Kind kind, T object, BiConsumer<T, T> take) {
        ObjectKey key = ObjectKey.of(kind, object);
        @Nullable Entry<ObjectVersion> known = before.get(key.path());
        if (known == null) {
            writes.add(new Write.Create(key, stamped(object)));
            return;
        }
        @SuppressWarnings("unchecked") // of the same kind
        T next = Json.copy((T) known.value().object());
        take.accept(object, next);
        if (!Beans.same(next, known.value().object())) {
            writes.add(new Write.Update(key, known.revision(), next));
        }
    }

    /// Two planes on one machine share its loopback addresses: so the address is drawn, and kept with the Service.
    private HasMetadata kubernetes() {
        // Other Services have the addresses above these.
        String address = "127.192.%d.%d".formatted(luck.below(256), 1 + luck.below(254));
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(API)
                .withNamespace("default")
                .addToLabels("component", "apiserver")
                .addToLabels("provider", API)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(address)
                .withClusterIPs(address)
                .addNewPort()
                .withName("https")
                .withPort(API_PORT)
                .withTargetPort(new IntOrString(API_PORT))
                .endPort()
                .endSpec()
                .withStatus(new ServiceStatus())
                .build();
        return Defaults.apply(Kinds.SERVICE, service);
    }

    private static Kind kind(HasMetadata role) {
        return role instanceof ClusterRole ? Kinds.CLUSTER_ROLE : Kinds.CLUSTER_ROLE_BINDING;
    }

    /// Whether nothing went wrong with one of them: `Exists` means that it was there already.
    static boolean fine(Outcome outcome) {
        return outcome instanceof Outcome.Stored || outcome instanceof Outcome.Exists;
    }

    private void add(List<Write> writes, Kind kind, HasMetadata object) {
        ObjectKey key = ObjectKey.of(kind, object);
        if (before.get(key.path()) == null) {
            writes.add(new Write.Create(key, stamped(object)));
        }
    }

    private Write nodeWrite(Node node) {
        ObjectKey key = ObjectKey.of(Kinds.NODE, node);
        @Nullable Entry<ObjectVersion> known = before.get(key.path());
        if (known == null) {
            return new Write.Create(key, stamped(node));
        }
        NodeStatus status = node.getStatus();
        Node same = Json.copy((Node) known.value().object());
        same.setStatus(status);
        Map<String, String> annotations = new LinkedHashMap<>(same.getMetadata().getAnnotations());
        annotations.putAll(node.getMetadata().getAnnotations());
        same.getMetadata().setAnnotations(annotations);
        return new Write.Update(key, known.revision(), same);
    }

    /// What this machine ran under another kernel is gone; its pods find that out one by one.
    private Optional<Write> rebooted(Node node) {
        @Nullable
        Entry<ObjectVersion> known = before.get(ObjectKey.of(Kinds.NODE, node).path());
        if (known == null) {
            return Optional.empty();
        }
        String old = bootId((Node) known.value().object());
        String now = bootId(node);
        if (old.isEmpty() || now.isEmpty() || old.equals(now)) {
            return Optional.empty();
        }
        String name = node.getMetadata().getName();
        String message = "Node " + name + " has been rebooted, boot id: " + now;
        return Optional.of(new Write.RecordEvent(new EventDraft(
                known.value().ref(), EventDraft.Type.Warning, "Rebooted", message, "kubelet", name, null)));
    }

    private static String bootId(Node node) {
        return node.getStatus() == null
                        || node.getStatus().getNodeInfo() == null
                        || node.getStatus().getNodeInfo().getBootID() == null
                ? ""
                : node.getStatus().getNodeInfo().getBootID();
    }

    private <T extends HasMetadata> T stamped(T object) {
        object.getMetadata().setUid(luck.uuid().toString());
        object.getMetadata().setCreationTimestamp(now);
        return object;
    }

    static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/metadata.name", name)
                .endMetadata()
                .withNewSpec()
                .withFinalizers("kubernetes")
                .endSpec()
                .withNewStatus()
                .withPhase("Active")
                .endStatus()
                .build();
    }

    static HasMetadata serviceAccount(String namespace) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    static HasMetadata priorityClass(String name, int value, String description) {
        return new PriorityClassBuilder()
                .withNewMetadata()
                .withName(name)
                .withGeneration(1L)
                .endMetadata()
                .withValue(value)
                .withDescription(description)
                .withPreemptionPolicy("PreemptLowerPriority")
                .build();
    }
}
