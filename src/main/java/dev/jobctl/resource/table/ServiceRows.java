package dev.jobctl.resource.table;

import dev.jobctl.resource.value.AccessModes;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What pods are reached by, and what they keep data in.
final class ServiceRows {
    static final List<Column> SERVICE = List.of(
            Column.name("service"),
            Column.text("Type", "How the service is exposed."),
            Column.text("Cluster-IP", "Its own address; None for a headless one."),
            Column.text("External-IP", "Addresses outside of the cluster."),
            Column.text("Port(s)", "Its ports with their protocols."),
            Column.age(),
            new Column("Selector", "string", "", "Labels of the pods that it leads to.", 1));

    static final List<Column> ENDPOINTS =
            List.of(Column.name("endpoints"), Column.text("Endpoints", "Ready addresses with ports."), Column.age());

    static final List<Column> ENDPOINT_SLICE = List.of(
            Column.name("endpoint slice"),
            Column.text("AddressType", "IPv4, IPv6 or FQDN."),
            Column.text("Ports", "Ports of the addresses."),
            Column.text("Endpoints", "Addresses."),
            Column.age());

    static final List<Column> CLAIM = List.of(
            Column.name("claim"),
            Column.text("Status", "Bound, Pending or Lost."),
            Column.text("Volume", "The volume behind it."),
            Column.text("Capacity", "How much it holds."),
            Column.text("Access Modes", "Who may mount it how."),
            Column.text("StorageClass", "Where it comes from."),
            Column.text("VolumeAttributesClass", "What its volume is like."),
            Column.age(),
            new Column("VolumeMode", "string", "", "Filesystem or Block.", 1));

    private static final int SHOWN = 3;

    private ServiceRows() {}

    static List<Object> cells(Service service, Instant now) {
        ServiceSpec spec = service.getSpec() == null ? new ServiceSpec() : service.getSpec();
        boolean external = "ExternalName".equals(spec.getType());
        String ports =
                Cells.list(spec.getPorts()).stream().map(ServiceRows::port).collect(Collectors.joining(","));
        return List.of(
                Cells.name(service),
                Cells.text(spec.getType()),
                Cells.orElse(spec.getClusterIP(), Cells.NONE),
                external ? Cells.orElse(spec.getExternalName(), Cells.NONE) : external(spec),
                ports.isEmpty() ? Cells.NONE : ports,
                Cells.age(service, now),
                selector(spec));
    }

    private static String external(ServiceSpec spec) {
        String addresses = String.join(",", Cells.list(spec.getExternalIPs()));
        if (!addresses.isEmpty()) {
            return addresses;
        }
        return "LoadBalancer".equals(spec.getType()) ? "<pending>" : Cells.NONE;
    }

    private static String port(ServicePort port) {
        String node = port.getNodePort() == null || port.getNodePort() == 0 ? "" : ":" + port.getNodePort();
        return port.getPort() + node + "/" + port.getProtocol();
    }

    private static String selector(ServiceSpec spec) {
        Map<String, String> labels = spec.getSelector() == null ? Map.of() : new TreeMap<>(spec.getSelector());
        String text = labels.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
        return text.isEmpty() ? Cells.NONE : text;
    }

    static List<Object> cells(Endpoints endpoints, Instant now) {
        List<String> all = new ArrayList<>();
        for (EndpointSubset subset : Cells.list(endpoints.getSubsets())) {
            List<EndpointPort> ports = Cells.list(subset.getPorts());
            for (EndpointAddress address : Cells.list(subset.getAddresses())) {
                if (ports.isEmpty()) {
                    all.add(address.getIp());
                }
                ports.forEach(port -> all.add(address.getIp() + ":" + port.getPort()));
            }
        }
        return List.of(Cells.name(endpoints), some(all), Cells.age(endpoints, now));
    }

    static List<Object> cells(EndpointSlice slice, Instant now) {
        List<String> ports = new ArrayList<>();
        Cells.list(slice.getPorts())
                .forEach(port ->
                        ports.add(port.getPort() == null ? "*" : port.getPort().toString()));
        List<String> addresses = new ArrayList<>();
        for (Endpoint endpoint : Cells.list(slice.getEndpoints())) {
            addresses.addAll(Cells.list(endpoint.getAddresses()));
        }
        return List.of(
                Cells.name(slice),
                Cells.text(slice.getAddressType()),
                ports.isEmpty() ? "<unset>" : some(ports),
                addresses.isEmpty() ? "<unset>" : some(addresses),
                Cells.age(slice, now));
    }

    private static String some(List<String> all) {
        if (all.isEmpty()) {
            return Cells.NONE;
        }
        String shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }

    static List<Object> cells(PersistentVolumeClaim claim, Instant now) {
        var spec = claim.getSpec();
        var status = claim.getStatus();
        String capacity = status == null
                        || status.getCapacity() == null
                        || status.getCapacity().get("storage") == null
                ? ""
                : status.getCapacity().get("storage").toString();
        String modes = Cells.list(status == null ? null : status.getAccessModes()).stream()
                .map(mode -> AccessModes.SHORT.getOrDefault(mode, mode))
                .collect(Collectors.joining(","));
        String phase = status == null ? "" : Cells.text(status.getPhase());
        return List.of(
                Cells.name(claim),
                claim.getMetadata().getDeletionTimestamp() == null ? phase : "Terminating",
                spec == null ? "" : Cells.text(spec.getVolumeName()),
                capacity,
                modes,
                spec == null ? "" : Cells.text(spec.getStorageClassName()),
                spec == null ? "<unset>" : Cells.orElse(spec.getVolumeAttributesClassName(), "<unset>"),
                Cells.age(claim, now),
                spec == null ? "<unset>" : Cells.orElse(spec.getVolumeMode(), "<unset>"));
    }
}
