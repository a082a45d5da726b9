package dev.jobctl.plane;

import dev.jobctl.node.services.ServiceProxy;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.view.ServiceView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Store;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the proxy where connections to each Service go, from what is published. Runs on the loop's thread.
final class ServiceLink {
    private final Store<ObjectVersion> store;
    private final ServiceProxy proxy;
    private final Runnable renamed;

    /// `renamed` is called when names have changed.
    ServiceLink(Store<ObjectVersion> store, ServiceProxy proxy, Runnable renamed) {
        this.store = store;
        this.proxy = proxy;
        this.renamed = renamed;
    }

    /// All Services that are stored: after a start.
    void tellAll() {
        for (Entry<ObjectVersion> each : store.current().prefixed(Kinds.SERVICE.keyPrefix())) {
            tell(each.value().key());
        }
    }

    void tell(List<Change<ObjectVersion>> changes) {
        Set<ObjectKey> touched = new HashSet<>();
        for (Change<ObjectVersion> change : changes) {
            if (change.key().startsWith(Kinds.SERVICE.keyPrefix())
                    || change.key().startsWith(Kinds.ENDPOINTS.keyPrefix())) {
                @Nullable Entry<ObjectVersion> any = change.current() == null ? change.previous() : change.current();
                if (any != null) {
                    ObjectKey key = any.value().key();
                    touched.add(new ObjectKey(Kinds.SERVICE, key.namespace(), key.name()));
                }
            }
        }
        touched.forEach(this::tell);
        if (!touched.isEmpty()) {
            renamed.run();
        }
    }

    private void tell(ObjectKey service) {
        @Nullable Entry<ObjectVersion> found = store.current().get(service.path());
        proxy.serve(
                service.path(),
                found == null
                        ? Map.of()
                        : places(ServiceView.of((Service) found.value().object())));
    }

    private Map<InetSocketAddress, List<InetSocketAddress>> places(ServiceView service) {
        Map<InetSocketAddress, List<InetSocketAddress>> places = new HashMap<>();
        if (!service.address().isEmpty() && !service.external()) {
            for (ServiceView.Port port : service.ports()) {
                if (port.protocol().equals("TCP")) {
                    places.put(new InetSocketAddress(service.address(), port.number()), targets(service, port.name()));
                }
            }
        }
        return places;
    }

    private List<InetSocketAddress> targets(ServiceView service, String port) {
        ObjectKey key = new ObjectKey(
                Kinds.ENDPOINTS,
                service.ref().key().namespace(),
                service.ref().key().name());
        @Nullable Entry<ObjectVersion> found = store.current().get(key.path());
        List<InetSocketAddress> targets = new ArrayList<>();
        if (found == null) {
            return targets;
        }
        for (EndpointSubset subset : Settled.list(((Endpoints) found.value().object()).getSubsets())) {
            for (EndpointPort each : Settled.list(subset.getPorts())) {
                if (Settled.orEmpty(each.getName()).equals(port)) {
                    for (EndpointAddress address : Settled.list(subset.getAddresses())) {
                        targets.add(new InetSocketAddress(address.getIp(), each.getPort()));
                    }
                }
            }
        }
        return targets;
    }
}
