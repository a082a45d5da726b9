package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Service as controllers and nodes see it.
///
/// @param selector empty for one whose endpoints somebody else keeps
/// @param address its own address; empty for a headless one, and for one that is only a name
/// @param unready whether pods that are not ready are endpoints like the others
/// @param external whether it is only another name for something outside
public record ServiceView(
        ObjectRef ref,
        Map<String, String> selector,
        String address,
        List<Port> ports,
        boolean unready,
        boolean external) {
    public ServiceView {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /// @param name empty for the only one
    /// @param protocol such as `TCP`
    /// @param target a port's number
    /// @param targetName the name of a container's port, which counts before `target`; null for none
    public record Port(
            String name,
            String protocol,
            int number,
            int target,
            @Nullable String targetName) {}

    /// From a stored Service: defaults are filled in.
    public static ServiceView of(Service service) {
        ServiceSpec spec = service.getSpec() == null ? new ServiceSpec() : service.getSpec();
        String address = Settled.orEmpty(spec.getClusterIP());
        return new ServiceView(
                ObjectRef.of(Kinds.SERVICE, service),
                Settled.map(spec.getSelector()),
                address.equals("None") ? "" : address,
                Settled.list(spec.getPorts()).stream().map(ServiceView::port).toList(),
                Settled.isTrue(spec.getPublishNotReadyAddresses()),
                "ExternalName".equals(spec.getType()));
    }

    private static Port port(ServicePort port) {
        @Nullable IntOrString target = port.getTargetPort();
        @Nullable Integer number = target == null ? port.getPort() : target.getIntVal();
        return new Port(
                Settled.orEmpty(port.getName()),
                Settled.orEmpty(port.getProtocol()),
                Settled.orZero(port.getPort()),
                Settled.orZero(number),
                target == null ? null : target.getStrVal());
    }
}
