package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.services.Backends;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Luck;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes what a Service leads to: its Endpoints, of the same name, and EndpointSlices, one for each group of pods
/// with the same ports.
final class ServiceWriter {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String MANAGER = "endpointslice-controller.kubernetes.io";

    private final Luck luck;

    ServiceWriter(Luck luck) {
        this.luck = luck;
    }

    /// The store key of the Service that an Endpoints or a managed EndpointSlice speaks for; null for others.
    static @Nullable String serviceKey(ObjectVersion version) {
        ObjectMeta meta = version.object().getMetadata();
        String prefix = Kinds.SERVICE.keyPrefix() + meta.getNamespace() + "/";
        if (version.object() instanceof Endpoints) {
            return prefix + meta.getName();
        }
        Map<String, String> labels = Settled.map(meta.getLabels());
        return MANAGER.equals(labels.get(MANAGED_BY)) ? prefix + labels.get(SERVICE_NAME) : null;
    }

    /// The store key of the Endpoints of a Service.
    static String endpointsKey(String service) {
        return Kinds.ENDPOINTS.keyPrefix()
                + service.substring(Kinds.SERVICE.keyPrefix().length());
    }

    void set(Change.SetEndpoints set, WorkingState state, Instant now) {
        @Nullable ObjectVersion service = state.get(set.service());
        if (service == null || service.object().getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        endpoints(service, set.backends(), state, now);
        slices(service, set.backends(), state, now);
    }

    private void endpoints(ObjectVersion service, List<Backends> all, WorkingState state, Instant now) {
        ObjectKey key = new ObjectKey(
                Kinds.ENDPOINTS, service.key().namespace(), service.key().name());
        List<EndpointSubset> subsets = all.stream().map(ServiceWriter::subset).toList();
        @Nullable ObjectVersion stored = state.get(key.path());
        if (stored != null && ((Endpoints) stored.object()).getSubsets().equals(subsets)) {
            return;
        }
        Endpoints next = stored == null
                ? fresh(new Endpoints(), key, service, now)
                : (Endpoints) Edit.of(stored).object();
        next.setSubsets(subsets);
        put(key, stored, next, state);
    }

    private static EndpointSubset subset(Backends backends) {
        List<EndpointAddress> ready = new ArrayList<>();
        List<EndpointAddress> unready = new ArrayList<>();
        for (Backends.Address address : backends.addresses()) {
            (address.ready() ? ready : unready)
                    .add(new EndpointAddressBuilder()
                            .withIp(address.address())
                            .withHostname(blank(address.hostname()))
                            .withNodeName(blank(address.node()))
                            .withTargetRef(reference(address.pod()))
                            .build());
        }
        List<EndpointPort> ports = backends.ports().stream()
                .map(port -> new EndpointPort(null, blank(port.name()), port.number(), port.protocol()))
                .toList();
        return new EndpointSubset(ready, unready, ports);
    }

    private void slices(ObjectVersion service, List<Backends> all, WorkingState state, Instant now) {
        List<ObjectVersion> stored = stored(service, state);
        // A Service without pods has one slice all the same, an empty one.
        List<Backends> wanted = all.isEmpty() ? List.of(new Backends(List.of(), List.of())) : all;
        for (int i = 0; i < wanted.size(); i++) {
            slice(service, wanted.get(i), i < stored.size() ? stored.get(i) : null, state, now);
        }
        stored.stream().skip(wanted.size()).forEach(state::remove);
    }

    private static List<ObjectVersion> stored(ObjectVersion service, State state) {
        List<ObjectVersion> found = new ArrayList<>();
        String prefix = Kinds.ENDPOINT_SLICE.keyPrefix() + service.key().namespace() + "/";
        for (Entry<ObjectVersion> each : state.prefixed(prefix)) {
            if (service.key().path().equals(serviceKey(each.value()))) {
                found.add(each.value());
            }
        }
        return found;
    }

    private void slice(
            ObjectVersion service, Backends backends, @Nullable ObjectVersion stored, WorkingState state, Instant now) {
        List<Endpoint> endpoints =
                backends.addresses().stream().map(ServiceWriter::endpoint).toList();
        List<io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort> ports = backends.ports().stream()
                .map(port -> new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort(
                        null, port.name(), port.number(), port.protocol()))
                .toList();
        if (stored != null
                && stored.object() instanceof EndpointSlice old
                && old.getEndpoints().equals(endpoints)
                && old.getPorts().equals(ports)) {
            return;
        }
        ObjectKey key = stored == null ? freeKey(service, state) : stored.key();
        EndpointSlice next = stored == null
                ? fresh(new EndpointSlice(), key, service, now)
                : (EndpointSlice) Edit.of(stored).object();
        next.setAddressType("IPv4");
        next.setEndpoints(endpoints);
        next.setPorts(ports);
        put(key, stored, next, state);
    }

    private static Endpoint endpoint(Backends.Address address) {
        return new EndpointBuilder()
                .withAddresses(address.address())
                .withNewConditions(address.ready(), address.serving(), address.terminating())
                .withHostname(blank(address.hostname()))
                .withNodeName(blank(address.node()))
                .withTargetRef(reference(address.pod()))
                .build();
    }

    private static ObjectReference reference(ObjectRef pod) {
        ObjectReference reference = new ObjectReference();
        reference.setKind(pod.key().kind().kind());
        reference.setNamespace(pod.key().namespace());
        reference.setName(pod.key().name());
        reference.setUid(pod.uid());
        return reference;
    }

    private ObjectKey freeKey(ObjectVersion service, State state) {
        while (true) {
            String name = Names.generate(service.key().name() + "-", luck.nextLong());
            ObjectKey key = new ObjectKey(Kinds.ENDPOINT_SLICE, service.key().namespace(), name);
            if (state.get(key.path()) == null) {
                return key;
            }
        }
    }

    /// Labelled as its Service; a slice is also owned by it.
    private <T extends HasMetadata> T fresh(T object, ObjectKey key, ObjectVersion service, Instant now) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(key.name());
        meta.setNamespace(key.namespace());
        meta.setUid(luck.uuid().toString());
        meta.setCreationTimestamp(Timestamps.print(now));
        Map<String, String> labels =
                new TreeMap<>(Settled.map(service.object().getMetadata().getLabels()));
        if (object instanceof EndpointSlice) {
            labels.put(SERVICE_NAME, service.key().name());
            labels.put(MANAGED_BY, MANAGER);
            meta.setGenerateName(service.key().name() + "-");
            meta.setGeneration(1L);
            meta.setOwnerReferences(List.of(new OwnerReference(
                    Kinds.SERVICE.apiVersion(),
                    true,
                    true,
                    Kinds.SERVICE.kind(),
                    service.key().name(),
                    service.ref().uid())));
        }
        meta.setLabels(labels);
        object.setMetadata(meta);
        return object;
    }

    private static void put(ObjectKey key, @Nullable ObjectVersion stored, HasMetadata next, WorkingState state) {
        if (stored == null && Refusals.ofCreate(key, state) != null) {
            return;
        }
        if (stored != null) {
            @Nullable Long generation = next.getMetadata().getGeneration();
            next.getMetadata().setGeneration(generation == null ? null : Objects.requireNonNull(generation) + 1);
        }
        state.put(key, next);
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }
}
