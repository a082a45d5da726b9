package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Service and a PersistentVolumeClaim, as far as this control plane can serve them.
final class ServiceValidation {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final String STORAGE = "storage";
    private static final long MAX_PORT = 65_535;
    private static final int LEAST_NODE_PORT = 30_000;
    private static final int MAX_NODE_PORT = 32_767;

    private ServiceValidation() {}

    static void check(Service service, Complaints to) {
        @Nullable ServiceSpec spec = service.getSpec();
        if (spec == null) {
            to.required("spec.ports", "");
            return;
        }
        boolean external = "ExternalName".equals(spec.getType());
        boolean headless = "None".equals(spec.getClusterIP());
        if (list(spec.getPorts()).isEmpty() && !external && !headless) {
            to.required("spec.ports", "");
        }
        if (headless && ("NodePort".equals(spec.getType()) || "LoadBalancer".equals(spec.getType()))) {
            to.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + spec.getType() + " services");
        }
        if (external) {
            to.invalidEach(
                    "spec.externalName",
                    Settled.orEmpty(spec.getExternalName()),
                    Names.dnsSubdomain(Settled.orEmpty(spec.getExternalName())));
        }
        ports(list(spec.getPorts()), to);
        nodePorts(spec, to);
        map(spec.getSelector()).forEach((name, value) -> {
            to.invalidEach("spec.selector", name, Names.qualifiedName(name));
            to.invalidEach("spec.selector", Settled.orEmpty(value), Names.labelValue(Settled.orEmpty(value)));
        });
        if (!AFFINITIES.contains(spec.getSessionAffinity())) {
            to.notSupported("spec.sessionAffinity", spec.getSessionAffinity(), AFFINITIES);
        }
        if (!TYPES.contains(spec.getType())) {
            to.notSupported("spec.type", spec.getType(), TYPES);
        }
    }

    private static void ports(List<ServicePort> ports, Complaints to) {
        Set<String> names = new HashSet<>();
        Set<List<Object>> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            String path = "spec.ports[" + i + "]";
            String name = Settled.orEmpty(port.getName());
            if (name.isEmpty()) {
                if (ports.size() > 1) {
                    to.required(path + ".name", "");
                }
            } else {
                to.invalidEach(path + ".name", name, Names.dnsLabel(name));
                if (!names.add(name)) {
                    to.duplicate(path + ".name", name);
                }
            }
            to.between(path + ".port", Objects.requireNonNullElse(port.getPort(), 0), 1, MAX_PORT);
            if (!PROTOCOLS.contains(port.getProtocol())) {
                to.notSupported(path + ".protocol", port.getProtocol(), PROTOCOLS);
            }
            target(path + ".targetPort", port.getTargetPort(), to);
            if (!numbers.add(
                    List.of(Settled.orEmpty(port.getProtocol()), Objects.requireNonNullElse(port.getPort(), 0)))) {
                to.duplicate(
                        path,
                        Map.of("port", Objects.requireNonNullElse(port.getPort(), 0), "protocol", port.getProtocol()));
            }
        }
    }

    /// Those that the nodes have for a Service that wants such.
    private static void nodePorts(ServiceSpec spec, Complaints to) {
        boolean wanted = "NodePort".equals(spec.getType()) || "LoadBalancer".equals(spec.getType());
        Set<List<Object>> taken = new HashSet<>();
        List<ServicePort> ports = list(spec.getPorts());
        for (int i = 0; i < ports.size(); i++) {
            @Nullable Integer number = ports.get(i).getNodePort();
            String path = "spec.ports[" + i + "].nodePort";
            if (number == null || number == 0) {
                continue;
            }
            if (!wanted) {
                to.forbidden(path, "may not be used when `type` is '" + spec.getType() + "'");
            } else if (number < LEAST_NODE_PORT || number > MAX_NODE_PORT) {
                to.invalid(
                        path,
                        number,
                        "provided port is not in the valid range. The range of valid ports is " + LEAST_NODE_PORT + "-"
                                + MAX_NODE_PORT);
            } else if (!taken.add(List.of(Settled.orEmpty(ports.get(i).getProtocol()), number))) {
                to.duplicate(path, number);
            }
        }
    }

    private static void target(String path, @Nullable IntOrString target, Complaints to) {
        if (target == null) {
            return;
        }
        if (target.getIntVal() != null) {
            to.between(path, target.getIntVal(), 1, MAX_PORT);
        } else {
            to.invalidEach(
                    path, Settled.orEmpty(target.getStrVal()), Names.portName(Settled.orEmpty(target.getStrVal())));
        }
    }

    /// The address of a Service stays, unless its type changes.
    static void change(Service old, Service changed, Complaints to) {
        if (old.getSpec() == null || changed.getSpec() == null) {
            return;
        }
        String before = Settled.orEmpty(old.getSpec().getClusterIP());
        String after = Settled.orEmpty(changed.getSpec().getClusterIP());
        boolean external = "ExternalName".equals(old.getSpec().getType())
                || "ExternalName".equals(changed.getSpec().getType());
        if (!external && !before.isEmpty() && !before.equals(after)) {
            to.invalid("spec.clusterIPs[0]", after.isEmpty() ? null : after, "may not change once set");
        }
    }

    static void check(PersistentVolumeClaim claim, Complaints to) {
        @Nullable PersistentVolumeClaimSpec spec = claim.getSpec();
        List<String> modes = spec == null ? List.of() : list(spec.getAccessModes());
        if (modes.isEmpty()) {
            to.required("spec.accessModes", "at least 1 access mode is required");
        }
        for (String mode : modes) {
            if (!ACCESS_MODES.contains(mode)) {
                to.notSupported("spec.accessModes", mode, ACCESS_MODES);
            }
        }
        @Nullable Quantity size = spec == null ? null : requests(spec).get(STORAGE);
        if (size == null) {
            to.required("spec.resources[storage]", "");
        } else {
            ResourceValidation.amount(size, false, "spec.resources[storage]", to);
        }
    }

    /// What a bound claim asked for stays, but for how much. Less than there is nobody can give back.
    static void change(PersistentVolumeClaim old, PersistentVolumeClaim changed, Complaints to) {
        @Nullable PersistentVolumeClaimSpec before = old.getSpec();
        @Nullable PersistentVolumeClaimSpec after = changed.getSpec();
        if (before == null || after == null) {
            return;
        }
        boolean bound = changed.getStatus() != null
                && "Bound".equals(changed.getStatus().getPhase());
        if (!Beans.same(before, settled(before, after, bound))) {
            to.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims");
        }
        @Nullable
        Map<String, Quantity> capacity =
                changed.getStatus() == null ? null : changed.getStatus().getCapacity();
        BigDecimal wanted = storage(requests(after));
        if (wanted.compareTo(storage(requests(before))) < 0 && wanted.compareTo(storage(map(capacity))) <= 0) {
            to.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
    }

    /// The changed spec without what may change: a volume and a class once, size and attributes when it is bound.
    private static PersistentVolumeClaimSpec settled(
            PersistentVolumeClaimSpec before, PersistentVolumeClaimSpec after, boolean bound) {
        PersistentVolumeClaimSpec next = Beans.copy(after);
        if (Settled.blank(before.getVolumeName())) {
            next.setVolumeName(before.getVolumeName());
        }
        if (before.getStorageClassName() == null) {
            next.setStorageClassName(null);
        }
        @Nullable Quantity size = requests(before).get(STORAGE);
        if (bound) {
            next.setVolumeAttributesClassName(before.getVolumeAttributesClassName());
            if (size != null && requests(after).containsKey(STORAGE)) {
                Map<String, Quantity> requests = new LinkedHashMap<>(requests(after));
                requests.put(STORAGE, size);
                next.getResources().setRequests(requests);
            }
        }
        return next;
    }

    private static Map<String, Quantity> requests(PersistentVolumeClaimSpec spec) {
        return spec.getResources() == null ? Map.of() : map(spec.getResources().getRequests());
    }

    /// 0 for none.
    private static BigDecimal storage(Map<String, Quantity> amounts) {
        return Quantities.amount(amounts.get(STORAGE));
    }
}
