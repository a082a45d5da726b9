package dev.jobctl.control.services;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.view.BackendView;
import dev.jobctl.resource.view.ServiceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps the Endpoints and the EndpointSlice of a Service. Ask when the Service changes, or a pod that it selects or
/// selected. Page "Service", kinds Endpoints and EndpointSlice.
public final class EndpointsController {
    private EndpointsController() {}

    /// A Service without a selector is left alone: somebody else keeps its endpoints.
    ///
    /// @param pods of its namespace, also those that it does not select
    public static Decision decide(ServiceView service, Collection<BackendView> pods) {
        if (service.selector().isEmpty() || service.external()) {
            return Decision.quiet();
        }
        return new Decision(List.of(new Change.SetEndpoints(service.ref(), backends(service, pods))), List.of(), null);
    }

    /// The pods behind a Service, those with the same ports together: named ports may differ from pod to pod.
    static List<Backends> backends(ServiceView service, Collection<BackendView> pods) {
        Map<List<Backends.Port>, List<Backends.Address>> found =
                new TreeMap<>(Comparator.comparing((List<Backends.Port> ports) -> ports.toString()));
        for (BackendView pod : pods) {
            if (!pod.matches(service.selector()) || pod.address().isEmpty() || pod.over()) {
                continue;
            }
            @Nullable List<Backends.Port> ports = ports(service, pod);
            if (ports != null) {
                found.computeIfAbsent(ports, _ -> new ArrayList<>()).add(address(service, pod));
            }
        }
        List<Backends> all = new ArrayList<>();
        found.forEach((ports, addresses) -> {
            addresses.sort(Comparator.comparing(Backends.Address::address));
            all.add(new Backends(ports, addresses));
        });
        return all;
    }

    /// The ports that the pod has; null when it has none of those that the Service wants.
    private static @Nullable List<Backends.Port> ports(ServiceView service, BackendView pod) {
        List<Backends.Port> ports = new ArrayList<>();
        for (ServiceView.Port port : service.ports()) {
            @Nullable Integer number = pod.port(port);
            if (number != null) {
                ports.add(new Backends.Port(port.name(), port.protocol(), number));
            }
        }
        return ports.isEmpty() && !service.ports().isEmpty() ? null : ports;
    }

    private static Backends.Address address(ServiceView service, BackendView pod) {
        boolean named = pod.subdomain().equals(service.ref().key().name());
        boolean ready = service.unready() || (pod.ready() && !pod.terminating());
        return new Backends.Address(
                pod.address(),
                named ? pod.hostname() : "",
                pod.node(),
                pod.ref(),
                ready,
                service.unready() || pod.ready(),
                pod.terminating());
    }
}
