package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A port of the node that a pod wants for itself.
///
/// @param address `0.0.0.0` for all of the node's addresses
public record HostPort(String protocol, int port, String address) {
    private static final String ALL = "0.0.0.0";

    /// Of app containers and sidecars, each once.
    static List<HostPort> of(PodSpec spec) {
        List<HostPort> ports = new ArrayList<>();
        Stream.concat(
                        Holes.list(spec.getContainers()).stream(),
                        Holes.list(spec.getInitContainers()).stream().filter(ContainerView::sidecar))
                .flatMap(HostPort::of)
                .distinct()
                .forEach(ports::add);
        return ports;
    }

    private static Stream<HostPort> of(Container container) {
        return Holes.list(container.getPorts()).stream()
                .filter(port -> Holes.number(port.getHostPort(), 0) > 0)
                .map(HostPort::of);
    }

    private static HostPort of(ContainerPort port) {
        String protocol = Holes.text(port.getProtocol());
        String address = Holes.text(port.getHostIP());
        return new HostPort(
                protocol.isEmpty() ? "TCP" : protocol,
                Holes.number(port.getHostPort(), 0),
                address.isEmpty() || address.equals("::") ? ALL : address);
    }

    /// Whether a node cannot give both: the same port of the same protocol at the same address, where all addresses
    /// are the same as any.
    public boolean conflicts(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(other.address) || address.equals(ALL) || other.address.equals(ALL));
    }
}
