package dev.jobctl.control.services;

import dev.jobctl.resource.value.ObjectRef;
import java.util.List;

/// Pods behind a Service that listen on the same ports.
///
/// @param ports in order of the Service's
/// @param addresses in order of address
public record Backends(List<Port> ports, List<Address> addresses) {
    public Backends {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /// @param name empty for the only one
    public record Port(String name, String protocol, int number) {}

    /// @param hostname empty unless the Service gives the pod a name
    /// @param ready whether traffic may go there
    /// @param serving whether the pod itself is ready, though it may be on its way out
    public record Address(
            String address,
            String hostname,
            String node,
            ObjectRef pod,
            boolean ready,
            boolean serving,
            boolean terminating) {}
}
