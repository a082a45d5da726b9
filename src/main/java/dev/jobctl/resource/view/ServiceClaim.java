package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;

/// What quotas look at in a Service.
///
/// @param nodePorts that it has or is to get
public record ServiceClaim(int nodePorts, boolean loadBalancer) {
    public static ServiceClaim of(Service service) {
        ServiceSpec spec = service.getSpec() == null ? new ServiceSpec() : service.getSpec();
        List<ServicePort> ports = Holes.list(spec.getPorts());
        return switch (Holes.text(spec.getType())) {
            case "NodePort" -> new ServiceClaim(ports.size(), false);
            case "LoadBalancer" -> new ServiceClaim(ofLoadBalancer(spec, ports), true);
            default -> new ServiceClaim(0, false);
        };
    }

    /// Who wants none may name some.
    private static int ofLoadBalancer(ServiceSpec spec, List<ServicePort> ports) {
        return Boolean.FALSE.equals(spec.getAllocateLoadBalancerNodePorts())
                ? (int) ports.stream()
                        .filter(port -> Settled.orZero(port.getNodePort()) != 0)
                        .count()
                : ports.size();
    }
}
